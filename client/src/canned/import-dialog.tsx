import { Button, Group, Modal, NativeSelect } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedImport, CannedShelf } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { api } from '../http/api.js';
import { ApiError } from '../http/api-error.js';
import { errorText } from '../i18n/i18n.js';
import { keyOfShelf } from './draft.js';
import { useRowFaultText } from './fault-text.js';
import { cannedKeys } from './queries.js';
import { useShelfName } from './shelf-name.js';
import styles from './dialogs.module.css';

const SHOWN = 8;

/** First what would happen, row by row where it would not; then, if told so, it happens. */
export function ImportDialog({ shelves, onClose }: { shelves: readonly CannedShelf[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const shelfName = useShelfName(shelves);
  const picker = useRef<HTMLInputElement>(null);
  const own = shelves.filter(({ mayEdit }) => mayEdit);
  const [shelf, setShelf] = useState(own[0]!);
  const [file, setFile] = useState<File | null>(null);
  const ask = (given: File, where: CannedShelf, options: { dryRun?: boolean; skipBad?: boolean }) => {
    const type = /\.json$/i.test(given.name) ? 'text/json' : 'text/csv';
    return api.importCanned({ type, bytes: given }, { scope: where.scope, ownerId: where.ownerId, ...options });
  };
  const look = useMutation({
    mutationFn: ({ given, where }: { given: File; where: CannedShelf }) => ask(given, where, { dryRun: true }),
  });
  const take = useMutation({
    mutationFn: (given: File) => ask(given, shelf, { skipBad: true }),
    onSuccess: async ({ created, updated, skipped }) => {
      await client.invalidateQueries({ queryKey: cannedKeys.book });
      showNotice(t('canned.import.done', { created, updated, skipped }), 'news');
      onClose();
    },
  });
  const choose = (given: File | null, where = shelf) => {
    setFile(given);
    take.reset();
    if (given) look.mutate({ given, where });
    else look.reset();
  };
  const report = look.data;
  const fault = take.error ?? look.error;
  const good = report ? report.created + report.updated : 0;

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('canned.import.title')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.words} data-testid="import-dialog">
        <p>{t('canned.import.about')}</p>
        <p>{t('canned.import.replaces')}</p>
        <NativeSelect
          label={t('canned.import.shelf')}
          value={keyOfShelf(shelf)}
          onChange={(event) => {
            const chosen = own.find((each) => keyOfShelf(each) === event.currentTarget.value);
            if (!chosen) return;
            setShelf(chosen);
            if (file) choose(file, chosen);
          }}
          data={own.map((each) => ({ value: keyOfShelf(each), label: shelfName(each) }))}
          data-testid="import-shelf"
        />
        <Group gap="sm">
          <Button
            variant={file ? 'default' : 'filled'}
            leftSection={<IconFileUpload size={16} aria-hidden />}
            onClick={() => picker.current?.click()}
          >
            {t(file ? 'canned.import.again' : 'canned.import.file')}
          </Button>
          <span>{file?.name}</span>
          <input
            ref={picker}
            type="file"
            accept=".csv,.json,text/csv,application/json"
            hidden
            aria-label={t('canned.import.file')}
            onChange={(event) => {
              choose(event.currentTarget.files?.[0] ?? null);
              // The same file again, mended meanwhile.
              event.currentTarget.value = '';
            }}
            data-testid="import-file"
          />
        </Group>
        <div aria-live="polite">
          {look.isPending && <p>{t('canned.import.reading')}</p>}
          {fault && <Unreadable fault={fault} />}
          {report && !fault && <Report report={report} />}
        </div>
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('canned.import.cancel')}
        </Button>
        {report && file && good > 0 && (
          <Button loading={take.isPending} onClick={() => take.mutate(file)} data-testid="import-submit">
            {t(report.skipped > 0 ? 'canned.import.skip' : 'canned.import.submit', { count: good })}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

function Report({ report: { rows, created, updated, skipped, faults } }: { report: CannedImport }) {
  const { t } = useTranslation();
  const rowFaultText = useRowFaultText();
  return (
    <div className={styles.report} data-testid="import-report">
      <p>
        <b>{t('canned.import.look', { rows, created, updated })}</b>
      </p>
      {created + updated === 0 && <p>{t('canned.import.none')}</p>}
      {skipped > 0 && (
        <>
          <p className={styles.bad}>{t('canned.import.bad', { count: skipped })}</p>
          <ul className={styles.rows}>
            {faults.slice(0, SHOWN).map((fault, index) => (
              <li key={index} data-testid="bad-row">
                <b>{t('canned.import.row', { row: fault.row })}</b>
                {fault.column !== null && <span>{t(`canned.column.${fault.column}`)}</span>}
                <span>{rowFaultText(fault)}</span>
              </li>
            ))}
          </ul>
          {faults.length > SHOWN && <p>{t('canned.import.more', { count: faults.length - SHOWN })}</p>}
        </>
      )}
    </div>
  );
}

/** No table at all, or one that ends in the middle. */
function Unreadable({ fault }: { fault: Error }) {
  const { t } = useTranslation();
  const rowFaultText = useRowFaultText();
  const fields = fault instanceof ApiError ? fault.fields : [];
  if (fields.length === 0)
    return (
      <p className={styles.bad} role="alert">
        {fault instanceof ApiError ? errorText(fault.code) : t('canned.import.unreadable')}
      </p>
    );
  return (
    <div className={styles.report} role="alert">
      <p className={styles.bad}>{t('canned.import.unreadable')}</p>
      <ul className={styles.rows}>
        {fields.map((each) => {
          const [, row, column] = /^rows\.(\d+)(?:\.(\w+))?$/.exec(each.field) ?? [];
          return (
            <li key={`${each.field} ${each.rule}`}>
              {row !== undefined && <b>{t('canned.import.row', { row })}</b>}
              {(column === 'name' || column === 'text') && <span>{t(`canned.column.${column}`)}</span>}
              <span>{rowFaultText(each)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
