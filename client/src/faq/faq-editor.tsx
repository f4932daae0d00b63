import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  measureText,
  readSuggestions,
  textLimits,
  type FaqBook,
  type FaqEntry,
  type FaqUnanswered,
  type FieldError,
} from '#libs/contracts/index.js';
import { LeaveGuard } from '../admin/queues/leave-guard.js';
import { isComposing } from '../console/keys.js';
import { showFault } from '../console/notices.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { useLocale } from '../i18n/i18n.js';
import { modKey } from '../console/use-shortcuts.js';
import { useSession } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { bodyOf, draftFrom, draftOf, emptyDraft, faultsOf, isSame, linesOf, type FaqDraft } from './draft.js';
import { FaqPreview } from './faq-preview.js';
import { useFaqFaultText } from './fault-text.js';
import { faqKeys } from './queries.js';
import styles from './faq-editor.module.css';

interface Props {
  /** `new`: there is none yet. */
  id: string;
  accountId: string;
  book: FaqBook;
  /** What it is to answer: the fields begin with it. */
  question: FaqUnanswered | null;
  /** What else they begin with. */
  from: FaqDraft | null;
  onMade: (made: FaqEntry) => void;
  onRemoved: (gone: FaqEntry) => void;
  /** Its first question goes into the box beside it. */
  onTry: (question: string) => void;
}

export function FaqEditor({ id, book, ...rest }: Props) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const fresh = book.entries.find((entry) => entry.id === id);
  if (id !== 'new' && !fresh) {
    return (
      <p className={styles.gone} role="alert">
        {t('faq.gone')}
      </p>
    );
  }
  if (fresh && !book.mayEdit && fresh.proposedBy?.id !== agent.id) return <Shown entry={fresh} />;
  return <Form fresh={fresh ?? null} book={book} {...rest} />;
}

/** A colleague's work, to be read. */
function Shown({ entry }: { entry: FaqEntry }) {
  const { t } = useTranslation();
  return (
    <article className={styles.editor} data-testid="faq-shown">
      <header className={styles.shownHead}>
        <h2>{entry.phrasings[0]}</h2>
        <p>{[entry.category, t(`faq.state.${entry.state}`)].filter(Boolean).join(' · ')}</p>
      </header>
      <ul className={styles.phrasings}>
        {entry.phrasings.slice(1).map((phrasing) => (
          <li key={phrasing}>{phrasing}</li>
        ))}
      </ul>
      <FaqPreview text={entry.content.text} suggestions={entry.content.suggestions ?? []} />
      <p className={styles.dim}>{t('faq.readOnly')}</p>
    </article>
  );
}

interface FormProps extends Omit<Props, 'id'> {
  fresh: FaqEntry | null;
}

function Form({ fresh, accountId, book, question, from, onMade, onRemoved, onTry }: FormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const faultText = useFaqFaultText();
  const categories = useId();
  const [base, setBase] = useState(fresh);
  const [draft, setDraft] = useState<FaqDraft>(() =>
    fresh ? draftOf(fresh) : question ? draftFrom(question) : (from ?? emptyDraft()),
  );
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<FieldError[]>([]);
  const [made, setMade] = useState<FaqEntry | null>(null);
  const before = base ? draftOf(base) : emptyDraft();
  const changed = !isSame(draft, before);
  const newer = fresh !== null && base !== null && fresh.version > base.version;
  // Nothing of hers would be lost: she simply sees it as it is now.
  if (newer && !changed) {
    setBase(fresh);
    setDraft(draftOf(fresh));
  }
  const set = (change: Partial<FaqDraft>) => {
    setDraft((now) => ({ ...now, ...change }));
    setRefused([]);
  };
  const put = (stored: FaqEntry) =>
    client.setQueryData<FaqBook>(
      faqKeys.book,
      (known) => known && { ...known, entries: [...known.entries.filter((entry) => entry.id !== stored.id), stored] },
    );
  const save = useMutation({
    mutationFn: (given: FaqDraft) => {
      const body = bodyOf(given, base ?? undefined);
      if (base !== null) return api.editFaq(base.id, { ...body, version: base.version });
      return api.addFaq({ ...body, accountId, ...(question ? { questionId: question.id } : {}) });
    },
    onSuccess: async (stored) => {
      put(stored);
      setBase(stored);
      setDraft(draftOf(stored));
      setTried(false);
      if (question) await client.invalidateQueries({ queryKey: faqKeys.unanswered });
      if (base === null) setMade(stored);
    },
    onError: (error) => {
      const { fields, status } = toApiError(error);
      if (fields.length > 0) return setRefused(fields);
      // Somebody was faster: what she wrote is shown beside her own.
      if (status === 409) void client.invalidateQueries({ queryKey: faqKeys.book });
      else showFault(error);
    },
  });
  const remove = useMutation({
    mutationFn: (entry: FaqEntry) => api.removeFaq(entry.id),
    onSuccess: (_, entry) => {
      setDraft(before);
      client.setQueryData<FaqBook>(
        faqKeys.book,
        (known) => known && { ...known, entries: known.entries.filter(({ id }) => id !== entry.id) },
      );
      onRemoved(entry);
    },
    onError: showFault,
  });
  const faults = [...(tried ? faultsOf(draft) : faultsOf(draft).filter(({ rule }) => rule !== 'required')), ...refused];
  const errorOf = (field: string) => {
    const fault = faults.find((each) => each.field === field || each.field.startsWith(`${field}.`));
    return fault && faultText(fault);
  };
  const proposes = !book.mayEdit;
  const waits = base?.state === 'proposed' && !proposes;
  const submit = (form: HTMLFormElement, given = draft) => {
    setTried(true);
    if (faultsOf(given).length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    if ((isSame(given, before) && base !== null) || (newer && changed) || save.isPending) return;
    save.mutate(given);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    submit(event.currentTarget);
  };
  const { units } = measureText(draft.text);

  return (
    <form
      className={styles.editor}
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onKeyDown={onKeyDown}
      noValidate
      data-testid="faq-form"
    >
      <LeaveGuard
        name={linesOf(draft.phrasings)[0] ?? t('faq.edit.unnamed')}
        unsaved={changed && made === null}
        gone={made !== null}
        onGone={() => made && onMade(made)}
      />
      {newer && changed && (
        <div className={styles.banner} role="alert">
          <p>{t('faq.edit.changed')}</p>
          <div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setBase(fresh);
                setDraft(draftOf(fresh));
              }}
            >
              {t('faq.edit.takeTheirs')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setBase(fresh)}>
              {t('faq.edit.keepMine')}
            </Button>
          </div>
        </div>
      )}
      {question && <p className={styles.note}>{t('faq.edit.fromQuestion', { count: question.count })}</p>}
      {proposes && <p className={styles.note}>{t('faq.edit.proposeHint')}</p>}
      {waits && base.proposedBy && (
        <p className={styles.note}>{t('faq.edit.proposedBy', { name: base.proposedBy.name })}</p>
      )}
      <Textarea
        label={t('faq.edit.phrasings')}
        description={t('faq.edit.phrasingsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={3}
        maxRows={12}
        value={draft.phrasings}
        onChange={(event) => set({ phrasings: event.currentTarget.value })}
        onBlur={() => {
          const [first] = linesOf(draft.phrasings);
          if (first !== undefined && changed) onTry(first);
        }}
        error={errorOf('phrasings')}
        data-testid="faq-phrasings"
        {...(base === null && !question ? { autoFocus: true } : {})}
      />
      <div>
        <Textarea
          label={t('faq.edit.answer')}
          autosize
          minRows={4}
          maxRows={16}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          error={errorOf('content.text')}
          data-testid="faq-answer"
          {...(question ? { autoFocus: true } : {})}
        />
        <span className={styles.count}>{t('faq.edit.count', { units, unitsLimit: textLimits.units })}</span>
      </div>
      <div className={styles.two}>
        <TextInput
          label={t('faq.edit.category')}
          placeholder={t('faq.edit.categoryHint')}
          list={categories}
          value={draft.category}
          onChange={(event) => set({ category: event.currentTarget.value })}
          error={errorOf('category')}
          data-testid="faq-category"
        />
        <datalist id={categories}>
          {[...new Set(book.entries.map(({ category }) => category))]
            .filter((category) => category !== '')
            .map((category) => (
              <option key={category} value={category} />
            ))}
        </datalist>
        <NativeSelect
          label={t('faq.edit.language')}
          value={draft.language}
          onChange={(event) => set({ language: event.currentTarget.value === 'en' ? 'en' : 'ja' })}
          data={(['ja', 'en'] as const).map((language) => ({ value: language, label: t(`faq.lang.${language}`) }))}
          data-testid="faq-language"
        />
        <TextInput
          type="date"
          label={t('faq.edit.from')}
          value={draft.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
          error={errorOf('validFrom')}
          data-testid="faq-from"
        />
        <TextInput
          type="date"
          label={t('faq.edit.until')}
          description={t('faq.edit.period')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
          error={errorOf('validUntil')}
          data-testid="faq-until"
        />
        {!proposes && (
          <NativeSelect
            label={t('faq.edit.state')}
            value={draft.state}
            onChange={(event) => set({ state: event.currentTarget.value as FaqDraft['state'] })}
            data={(base?.state === 'proposed' ? (['proposed', 'on', 'off'] as const) : (['on', 'off'] as const)).map(
              (state) => ({ value: state, label: t(`faq.state.${state}`) }),
            )}
            data-testid="faq-state"
          />
        )}
      </div>
      <Textarea
        label={t('faq.edit.buttons')}
        description={t('faq.edit.buttonsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={11}
        value={draft.buttons}
        onChange={(event) => set({ buttons: event.currentTarget.value })}
        error={errorOf('content.suggestions')}
        data-testid="faq-buttons"
      />
      <section aria-label={t('faq.edit.preview')}>
        <h3 className={styles.previewTitle}>{t('faq.edit.preview')}</h3>
        {draft.text.trim() === '' ? (
          <p className={styles.dim}>{t('faq.edit.previewEmpty')}</p>
        ) : (
          <FaqPreview
            text={draft.text}
            suggestions={[
              ...readSuggestions(draft.buttons).suggestions,
              { kind: 'reply', label: t('faq.edit.person'), payload: '' },
            ]}
          />
        )}
      </section>
      <footer className={styles.bar}>
        {base !== null && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            loading={remove.isPending}
            onClick={() => remove.mutate(base)}
            data-testid="remove-faq"
          >
            {t('faq.edit.remove')}
          </Button>
        )}
        <p>
          {base === null
            ? t('faq.edit.saveKey', { key: `${modKey}+Enter` })
            : [
                t('faq.edit.updated', { at: formatDateTime(Date.parse(base.updatedAt), locale) }),
                t('faq.edit.numbers', { answered: base.answered, offered: base.offered, chosen: base.chosen }),
              ].join(' · ')}
        </p>
        {changed && base !== null && (
          <Button variant="default" onClick={() => set(before)}>
            {t('faq.edit.cancel')}
          </Button>
        )}
        {waits && (
          <Button
            variant={changed ? 'default' : 'filled'}
            leftSection={<IconCheck size={16} aria-hidden />}
            loading={save.isPending}
            onClick={(event) => {
              const form = event.currentTarget.form;
              if (form) submit(form, { ...draft, state: 'on' });
            }}
            data-testid="confirm-faq"
          >
            {t('faq.edit.confirm')}
          </Button>
        )}
        {(changed || base === null || !waits) && (
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!changed || (newer && changed)}
            data-testid="save-faq"
          >
            {t(proposes && base === null ? 'faq.edit.propose' : base === null ? 'faq.edit.create' : 'faq.edit.save')}
          </Button>
        )}
      </footer>
    </form>
  );
}
