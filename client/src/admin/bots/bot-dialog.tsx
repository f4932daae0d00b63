import { Button, Group, PasswordInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotView } from '#libs/contracts/index.js';
import { botKeys } from '../../bots/queries.js';
import { ActDialog } from '../../contact-acts/act-dialog.js';
import styles from '../../contact-acts/dialogs.module.css';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { bodyOf, draftOf, faultsOf, isReached, reachedKinds, type DraftField, type ReachedKind } from './bot-draft.js';
import { MadeSecret } from './made-secret.js';

interface Props {
  /** Null: a new one. */
  bot: BotView | null;
  onClose: () => void;
}

/** Where a bot is reached that is no part of the console: a program of one's own, or an endpoint of a language model. */
export function BotDialog({ bot, onClose }: Props) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  const title = bot === null ? t('bots.admin.add') : t('bots.admin.settingsOf', { name: bot.name });
  return (
    <ActDialog opened onClose={onClose} title={title} size={480} large>
      {made === null ? (
        <BotForm bot={bot} onClose={onClose} onSecret={setMade} />
      ) : (
        <MadeSecret secret={made} onClose={onClose} />
      )}
    </ActDialog>
  );
}

function BotForm({ bot, onClose, onSecret }: Props & { onSecret: (secret: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState<ReachedKind>(bot !== null && isReached(bot.kind) ? bot.kind : 'http');
  const [draft, setDraft] = useState(() => draftOf(bot));
  const again = () => client.invalidateQueries({ queryKey: botKeys.all });
  const save = useMutation({
    mutationFn: async () => {
      const { kind: _, ...body } = bodyOf(kind, draft);
      if (bot === null) return (await api.addBot({ kind, ...body })).secret;
      await api.editBot(bot.id, body);
      return null;
    },
    onSuccess: async (secret) => {
      await again();
      if (secret === null) onClose();
      else onSecret(secret);
    },
  });
  const renew = useMutation({
    mutationFn: (id: string) => api.renewBotSecret(id),
    onSuccess: ({ secret }) => secret !== null && onSecret(secret),
  });
  const failure = save.error ?? renew.error;
  const fault = failure === null ? null : toApiError(failure);
  const faults = faultsOf(fault?.fields ?? []);
  const field = (name: DraftField) => ({
    value: draft[name],
    autoComplete: 'off',
    error: faults[name] && t(name === 'address' ? 'bots.admin.addressWrong' : 'bots.admin.fieldWrong'),
    onChange: (event: { currentTarget: { value: string } }) => {
      save.reset();
      setDraft({ ...draft, [name]: event.currentTarget.value });
    },
  });
  const ready =
    draft.name.trim() !== '' && draft.address.trim() !== '' && (kind === 'http' || draft.model.trim() !== '');
  return (
    <form
      noValidate
      className={styles.form}
      data-testid="bot-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !save.isPending) save.mutate();
      }}
    >
      {bot === null && (
        <SegmentedControl
          size="xs"
          aria-label={t('bots.admin.kind')}
          value={kind}
          onChange={(chosen) => isReached(chosen) && setKind(chosen)}
          data={reachedKinds.map((each) => ({ value: each, label: t(`bots.kind.${each}`) }))}
        />
      )}
      <p className={styles.hint}>{t(kind === 'http' ? 'bots.admin.httpHint' : 'bots.admin.openaiHint')}</p>
      <TextInput data-autofocus label={t('bots.admin.name')} data-testid="bot-name" {...field('name')} />
      <TextInput
        label={t('bots.admin.address')}
        placeholder={kind === 'http' ? 'https://bot.example.jp/turns' : 'https://models.example.jp/v1'}
        inputMode="url"
        data-testid="bot-address"
        {...field('address')}
      />
      {kind === 'openai' && (
        <>
          <TextInput label={t('bots.admin.model')} {...field('model')} />
          <PasswordInput
            label={t('bots.admin.key')}
            description={bot?.hasSecret === true ? t('bots.admin.keyKept') : undefined}
            {...field('key')}
          />
          <Textarea label={t('bots.admin.instructions')} autosize minRows={3} maxRows={10} {...field('instructions')} />
        </>
      )}
      <p role="alert" className={styles.fault}>
        {fault !== null && Object.keys(faults).length === 0 && t(`errors.${fault.code}`)}
      </p>
      <Group justify="flex-end" gap="xs">
        {bot?.kind === 'http' && (
          <Button
            variant="subtle"
            mr="auto"
            loading={renew.isPending}
            onClick={() => renew.mutate(bot.id)}
            data-testid="renew-secret"
          >
            {t('bots.admin.renew')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!ready} loading={save.isPending} data-testid="save-bot">
          {t('bots.admin.save')}
        </Button>
      </Group>
    </form>
  );
}
