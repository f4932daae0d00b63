import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  cannedLimits,
  fold,
  measureText,
  readSuggestions,
  textLimits,
  type CannedBook,
  type CannedResponse,
  type CustomerField,
  type FieldError,
  type Suggestion,
} from '#libs/contracts/index.js';
import { fieldsQuery } from '../customers/queries.js';
import { LeaveGuard } from '../admin/queues/leave-guard.js';
import { showFault } from '../console/notices.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { useLocale } from '../i18n/i18n.js';
import { formatDateTime } from '../time/format.js';
import { useSampleFacts } from './conversation-facts.js';
import { bodyOf, draftOf, emptyDraft, faultsOf, isSame, keyOfShelf, type CannedDraft } from './draft.js';
import { useFaultText } from './fault-text.js';
import { FilledText } from './filled-text.js';
import { cannedKeys } from './queries.js';
import { useShelfName } from './shelf-name.js';
import styles from './canned-editor.module.css';

interface Props {
  /** `new`: there is none yet. */
  id: string;
  book: CannedBook;
  onMade: (made: CannedResponse) => void;
  onRemoved: (gone: CannedResponse) => void;
}

export function CannedEditor({ id, book, onMade, onRemoved }: Props) {
  const { t } = useTranslation();
  const fresh = book.responses.find((response) => response.id === id);
  if (id !== 'new' && !fresh) {
    return (
      <p className={styles.gone} role="alert">
        {t('canned.gone')}
      </p>
    );
  }
  const shelf = fresh && book.shelves.find((each) => keyOfShelf(each) === keyOfShelf(fresh));
  if (fresh && !shelf?.mayEdit) return <Shown response={fresh} book={book} />;
  return <Form fresh={fresh ?? null} book={book} onMade={onMade} onRemoved={onRemoved} />;
}

/** A colleague's work, to be read and used. */
function Shown({ response, book }: { response: CannedResponse; book: CannedBook }) {
  const { t } = useTranslation();
  const sample = useSampleFacts();
  const shelfName = useShelfName(book.shelves);
  return (
    <article className={styles.editor} data-testid="canned-shown">
      <header className={styles.shownHead}>
        <h2>{response.name}</h2>
        <p>
          {[shelfName(response), response.folder, response.shortcut && `/${response.shortcut}`]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <div className={styles.bubble}>
        <FilledText text={response.content.text} known={sample} />
      </div>
      <Buttons suggestions={response.content.suggestions ?? []} />
      <p className={styles.dim}>{t('canned.readOnly')}</p>
    </article>
  );
}

/** As they stand under a message. */
function Buttons({ suggestions }: { suggestions: readonly Suggestion[] }) {
  if (suggestions.length === 0) return null;
  return (
    <ul className={styles.buttons}>
      {suggestions.map(({ label }, index) => (
        <li key={index}>{label}</li>
      ))}
    </ul>
  );
}

const noFields: CustomerField[] = [];

interface FormProps extends Omit<Props, 'id'> {
  fresh: CannedResponse | null;
}

function Form({ fresh, book, onMade, onRemoved }: FormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const faultText = useFaultText();
  const sample = useSampleFacts();
  const shelfName = useShelfName(book.shelves);
  const folders = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { data: fields = noFields } = useQuery(fieldsQuery());
  const [base, setBase] = useState(fresh);
  const [draft, setDraft] = useState<CannedDraft>(() => (fresh ? draftOf(fresh) : emptyDraft()));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<FieldError[]>([]);
  const [made, setMade] = useState<CannedResponse | null>(null);
  const before = base ? draftOf(base) : emptyDraft();
  const changed = !isSame(draft, before);
  const newer = fresh !== null && base !== null && fresh.version > base.version;
  // Nothing of hers would be lost: she simply sees it as it is now.
  if (newer && !changed) {
    setBase(fresh);
    setDraft(draftOf(fresh));
  }
  const set = (change: Partial<CannedDraft>) => {
    setDraft((now) => ({ ...now, ...change }));
    setRefused([]);
  };
  const put = (stored: CannedResponse) =>
    client.setQueryData<CannedBook>(
      cannedKeys.book,
      (known) =>
        known && {
          ...known,
          responses: [...known.responses.filter(({ id }) => id !== stored.id), stored],
        },
    );

  const save = useMutation({
    mutationFn: () => {
      const body = bodyOf(draft, base ?? undefined);
      return base === null ? api.addCanned(body) : api.editCanned(base.id, { ...body, version: base.version });
    },
    onSuccess: (stored) => {
      put(stored);
      setBase(stored);
      setDraft(draftOf(stored));
      setTried(false);
      if (base === null) setMade(stored);
    },
    onError: (error) => {
      const { fields, status } = toApiError(error);
      if (fields.length > 0) return setRefused(fields);
      // Somebody was faster: what she wrote is shown beside her own.
      if (status === 409) void client.invalidateQueries({ queryKey: cannedKeys.book });
      else showFault(error);
    },
  });
  const remove = useMutation({
    mutationFn: (response: CannedResponse) => api.removeCanned(response.id),
    onSuccess: (_, response) => {
      setDraft(before);
      client.setQueryData<CannedBook>(
        cannedKeys.book,
        (known) => known && { ...known, responses: known.responses.filter(({ id }) => id !== response.id) },
      );
      onRemoved(response);
    },
    onError: showFault,
  });

  const faults = [...(tried ? faultsOf(draft) : faultsOf(draft).filter(({ rule }) => rule !== 'required')), ...refused];
  const errorOf = (field: string) => {
    const fault = faults.find((each) => each.field === field);
    return fault && faultText(fault);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faultsOf(draft).length > 0) {
      const form = event.currentTarget;
      return requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    }
    save.mutate();
  };
  const insert = (word: string) => {
    const element = area.current;
    if (!element) return;
    const [from, to] = [element.selectionStart, element.selectionEnd];
    set({ text: `${draft.text.slice(0, from)}{${word}}${draft.text.slice(to)}` });
    element.focus();
    const behind = from + word.length + 2;
    requestAnimationFrame(() => element.setSelectionRange(behind, behind));
  };
  // Of the account on whose shelf it stands; elsewhere of every account that she works for.
  const attributes = [
    ...new Set(
      fields
        .filter(({ active, accountId }) => active && (draft.scope !== 'account' || accountId === draft.ownerId))
        .map(({ label }) => label),
    ),
  ];
  const { units, bytes } = measureText(draft.text);
  const key = fold(draft.shortcut.trim());
  const same =
    key === ''
      ? undefined
      : book.responses.find(
          (each) =>
            each.id !== base?.id &&
            each.shortcut !== null &&
            fold(each.shortcut) === key &&
            keyOfShelf(each) !== keyOfShelf(draft),
        );

  return (
    <form className={styles.editor} onSubmit={submit} noValidate data-testid="canned-form">
      <LeaveGuard
        name={draft.name || t('canned.edit.unnamed')}
        unsaved={changed && made === null}
        gone={made !== null}
        onGone={() => made && onMade(made)}
      />
      {newer && changed && (
        <div className={styles.banner} role="alert" data-testid="canned-changed">
          <p>{t('canned.edit.changedTitle')}</p>
          <div>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setBase(fresh);
                setDraft(draftOf(fresh));
              }}
            >
              {t('canned.edit.takeTheirs')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setBase(fresh)}>
              {t('canned.edit.keepMine')}
            </Button>
          </div>
        </div>
      )}
      <div className={styles.two}>
        <TextInput
          label={t('canned.edit.name')}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={errorOf('name')}
          data-testid="canned-name"
          {...(base === null ? { autoFocus: true } : {})}
        />
        <TextInput
          label={t('canned.edit.reading')}
          description={t('canned.edit.readingHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={draft.reading}
          onChange={(event) => set({ reading: event.currentTarget.value })}
          error={errorOf('reading')}
          data-testid="canned-reading"
        />
        <TextInput
          label={t('canned.edit.shortcut')}
          description={t('canned.edit.shortcutHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          leftSection="/"
          leftSectionPointerEvents="none"
          maxLength={cannedLimits.shortcut + 1}
          value={draft.shortcut}
          onChange={(event) => set({ shortcut: event.currentTarget.value })}
          error={errorOf('shortcut')}
          data-testid="canned-shortcut"
        />
        <TextInput
          label={t('canned.edit.folder')}
          description={t('canned.edit.folderHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          list={folders}
          value={draft.folder}
          onChange={(event) => set({ folder: event.currentTarget.value })}
          error={errorOf('folder')}
          data-testid="canned-folder"
        />
        <datalist id={folders}>
          {[...new Set(book.responses.map(({ folder }) => folder))]
            .filter((folder) => folder !== '')
            .map((folder) => (
              <option key={folder} value={folder} />
            ))}
        </datalist>
        <NativeSelect
          label={t('canned.edit.shelf')}
          value={keyOfShelf(draft)}
          onChange={(event) => {
            const shelf = book.shelves.find((each) => keyOfShelf(each) === event.currentTarget.value);
            if (shelf) set({ scope: shelf.scope, ownerId: shelf.ownerId });
          }}
          error={errorOf('ownerId') ?? errorOf('scope')}
          data={book.shelves
            .filter(({ mayEdit }) => mayEdit)
            .map((shelf) => ({ value: keyOfShelf(shelf), label: shelfName(shelf) }))}
          data-testid="canned-shelf"
        />
      </div>
      {same && (
        <p className={styles.dim}>
          {t('canned.edit.same', { name: same.name, scope: t(`canned.scope.${same.scope}`) })}
        </p>
      )}
      <div>
        <Textarea
          ref={area}
          label={t('canned.edit.text')}
          autosize
          minRows={6}
          maxRows={18}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          error={errorOf('content.text')}
          data-testid="canned-text"
        />
        <div className={styles.below}>
          <div className={styles.inserts} role="group" aria-label={t('canned.edit.insert')}>
            {(['customer', 'agent', 'queue', 'account', 'date'] as const).map((word) => (
              <Button
                key={word}
                size="compact-sm"
                variant="default"
                onClick={() => insert(t(`canned.placeholder.${word}`))}
                data-testid={`insert-${word}`}
              >
                {`{${t(`canned.placeholder.${word}`)}}`}
              </Button>
            ))}
            {attributes.map((label) => {
              const word = `${t('canned.placeholder.attribute')}:${label}`;
              return (
                <Button key={label} size="compact-sm" variant="default" onClick={() => insert(word)}>
                  {`{${word}}`}
                </Button>
              );
            })}
          </div>
          <span className={styles.count}>
            {t('canned.edit.count', {
              units,
              unitsLimit: textLimits.units,
              bytes,
              bytesLimit: textLimits.bytes,
            })}
          </span>
        </div>
      </div>
      <Textarea
        label={t('canned.edit.buttons')}
        description={t('canned.edit.buttonsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={11}
        value={draft.buttons}
        onChange={(event) => set({ buttons: event.currentTarget.value })}
        error={errorOf('content.suggestions')}
        data-testid="canned-buttons"
      />
      <section className={styles.preview} aria-label={t('canned.edit.preview')}>
        <h3>{t('canned.edit.preview')}</h3>
        {draft.text.trim() === '' ? (
          <p className={styles.dim}>{t('canned.edit.previewEmpty')}</p>
        ) : (
          <div data-testid="canned-preview">
            <div className={styles.bubble}>
              <FilledText text={draft.text} known={sample} />
            </div>
            <Buttons suggestions={readSuggestions(draft.buttons).suggestions} />
          </div>
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
            data-testid="remove-canned"
          >
            {t('canned.edit.remove')}
          </Button>
        )}
        <p>
          {base !== null &&
            [
              t('canned.edit.updated', { at: formatDateTime(Date.parse(base.updatedAt), locale) }),
              t('canned.uses', { count: base.uses }),
            ].join(' · ')}
        </p>
        {changed && base !== null && (
          <Button variant="default" onClick={() => set(before)}>
            {t('canned.edit.cancel')}
          </Button>
        )}
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!changed || (newer && changed)}
          data-testid="save-canned"
        >
          {t(base === null ? 'canned.edit.create' : 'canned.edit.save')}
        </Button>
      </footer>
    </form>
  );
}
