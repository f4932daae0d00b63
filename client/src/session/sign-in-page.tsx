import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { LanguageSwitch } from '../settings/language-switch.js';
import { ThemeSwitch } from '../settings/theme-switch.js';
import { sessionQuery, timed } from './session.js';
import { Mark } from '../console/mark.js';
import styles from './sign-in-page.module.css';

/** Shown in place of the console whenever nobody is signed in; the address stays, and with it the way back. */
export function SignInPage({ again }: { again: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [capsLock, setCapsLock] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('signIn.emailRequired') : null),
      password: (value) => (value === '' ? t('signIn.passwordRequired') : null),
    },
  });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => timed(() => api.signIn(body)),
    onSuccess: (session) => client.setQueryData(sessionQuery().queryKey, session),
  });
  const fault = signIn.error ? toApiError(signIn.error) : null;
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <ThemeSwitch />
        <LanguageSwitch />
      </div>
      <form
        className={styles.card}
        data-testid="sign-in-form"
        aria-label={t('signIn.title')}
        noValidate
        onSubmit={form.onSubmit(({ email, password }) => signIn.mutate({ email: email.trim(), password }))}
      >
        <header className={styles.head}>
          <Mark size={44} />
          <h1>
            <span lang="ja">{t('product.name')}</span>
            <small>{t('product.latin')}</small>
          </h1>
          <p>{again ? t('signIn.again') : t('product.tagline')}</p>
        </header>
        <TextInput
          label={t('signIn.email')}
          type="email"
          size="md"
          autoComplete="username"
          inputMode="email"
          autoFocus
          data-testid="sign-in-email"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          size="md"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), tabIndex: 0 }}
          data-testid="sign-in-password"
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <p className={styles.caps} role="status">
          {capsLock ? t('signIn.capsLock') : ''}
        </p>
        <div role="alert" className={styles.alert} data-code={fault?.code}>
          {fault && (
            <>
              <IconAlertCircle size={18} aria-hidden />
              <span data-testid="sign-in-error">{t(`errors.${fault.code}`)}</span>
            </>
          )}
        </div>
        <Button type="submit" size="md" fullWidth loading={signIn.isPending} data-testid="sign-in-submit">
          {t('signIn.submit')}
        </Button>
      </form>
    </main>
  );
}
