import { Skeleton, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLanguages, type ConversationDetail, type EditCustomerBody } from '#libs/contracts/index.js';
import { HandOffCard, handedOver } from '../../bots/hand-off-card.js';
import { runCommand } from '../../console/commands.js';
import { LabelChip } from '../../customers/label-chip.js';
import { customerKeys, profileQuery, useFields, useLabelsOf } from '../../customers/queries.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { useMay } from '../../session/session.js';
import { formatDateTime } from '../../time/format.js';
import { detailQuery } from '../queries.js';
import { unmoved } from '../unmoved.js';
import { ContactHistory } from './contact-history.js';
import { CustomerMenu } from './customer-menu.js';
import { EditableChoice } from './editable-choice.js';
import { EditableText } from './editable-text.js';
import { FieldValues } from './field-values.js';
import { FilesSection } from './files-section.js';
import { IdentitySection } from './identity-section.js';
import { NotesSection } from './notes-section.js';
import { NumbersSection } from './numbers-section.js';
import { PanelSection } from './panel-section.js';
import { PhoneLine } from './phone-line.js';
import { ReachabilityCheck } from './reachability-check.js';
import { Reveals } from './reveals.js';
import { StandingChips } from './standing-chips.js';
import { StandingLines } from './standing-lines.js';
import styles from './customer-panel.module.css';

interface Props {
  detail: ConversationDetail;
  /** What it stands in names it already. */
  titled?: boolean;
}

export const CustomerPanel = memo(function CustomerPanel({ detail, titled = false }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const mayEdit = useMay('customer.edit');
  const { conversation: row, account } = detail;
  const { customer } = row;
  const handOff = handedOver(detail);
  const { data: profile, isError } = useQuery(profileQuery(customer));
  const fields = useFields(row.accountId);
  const edit = async (body: EditCustomerBody) => conversations.customer(await api.editCustomer(customer.id, body));
  // The row tells the new version; whoever hears nothing of it now asks all the same.
  const changed = () => void client.invalidateQueries({ queryKey: customerKeys.profiles });
  const languages = new Intl.DisplayNames([locale], { type: 'language' });

  return (
    <div className={styles.panel} data-titled={titled || undefined} data-testid="customer-panel">
      {handOff && !titled && <HandOffCard key={handOff.id} handOff={handOff} />}
      <section className={styles.person}>
        <div className={styles.head}>
          <h2 className={titled ? 'visually-hidden' : undefined}>{t('customer.title')}</h2>
          <CustomerMenu row={row} profile={profile} onChanged={changed} />
        </div>
        <EditableText
          key={`name-${customer.id}`}
          label={t('customer.name')}
          placeholder={t('customer.namePlaceholder')}
          value={customer.name}
          limit={100}
          large
          readOnly={!mayEdit}
          onSave={(name) => edit({ name })}
          testId="customer-name-field"
        />
        <EditableText
          key={`kana-${customer.id}`}
          label={t('customer.kana')}
          placeholder={t('customer.kanaPlaceholder')}
          value={customer.kana}
          limit={100}
          readOnly={!mayEdit}
          onSave={(kana) => edit({ kana })}
          testId="customer-kana-field"
        />
        <StandingChips customer={customer} />
        {profile && <StandingLines profile={profile} />}
      </section>
      <Labels ids={row.labelIds} />
      <PanelSection name="details" title={t('customers.sections.details')} testId="customer-details">
        {() => (
          <div className={styles.details}>
            <dl className={styles.facts}>
              <div>
                <dt>{t('customer.phone')}</dt>
                <dd>
                  <PhoneLine key={customer.id} customer={customer} />
                </dd>
              </div>
              {profile?.reveals && profile.reveals.length > 0 && <Reveals reveals={profile.reveals} />}
            </dl>
            {profile ? (
              <>
                <EditableChoice
                  key={`language-${customer.id}`}
                  label={t('customers.language')}
                  value={profile.language}
                  choices={customerLanguages.map((code) => ({ value: code, label: languages.of(code) ?? code }))}
                  readOnly={!mayEdit}
                  onSave={(language) => edit({ language: language as EditCustomerBody['language'] & string })}
                  testId="customer-language"
                />
                <FieldValues
                  key={`fields-${customer.id}`}
                  fields={fields}
                  values={profile.values}
                  readOnly={!mayEdit}
                  onSave={(id, value) => edit({ values: { [id]: value } })}
                />
              </>
            ) : (
              !isError && <Skeleton height={40} mb={8} />
            )}
            <dl className={styles.facts}>
              <div>
                <dt>{t('customer.account')}</dt>
                <dd>{account.name}</dd>
              </div>
              <div>
                <dt>{t('customer.lastActivity')}</dt>
                <dd>
                  <LastActivity conversationId={row.id} />
                </dd>
              </div>
              <div>
                <dt>{t('customer.reachability')}</dt>
                <dd>
                  <ReachabilityCheck key={row.id} conversationId={row.id} />
                </dd>
              </div>
            </dl>
          </div>
        )}
      </PanelSection>
      {isError && !profile && <p role="alert">{t('customers.failed')}</p>}
      {profile && profile.numbers.length > 1 && (
        <PanelSection name="numbers" title={t('customers.sections.numbers')} count={profile.numbers.length}>
          {() => <NumbersSection profile={profile} conversationId={row.id} onChanged={changed} />}
        </PanelSection>
      )}
      <PanelSection name="identity" title={t('customers.sections.identity')}>
        {() =>
          profile ? (
            <IdentitySection profile={profile} conversationId={row.id} onChanged={changed} />
          ) : (
            !isError && <Skeleton height={44} />
          )
        }
      </PanelSection>
      <PanelSection name="notes" title={t('customers.sections.notes')} count={profile?.notes.length}>
        {() =>
          profile ? (
            <NotesSection key={customer.id} profile={profile} onChanged={changed} />
          ) : (
            !isError && <Skeleton height={44} />
          )
        }
      </PanelSection>
      <PanelSection name="history" title={t('customer.history')} testId="contact-history">
        {() => <ContactHistory key={row.id} detail={detail} />}
      </PanelSection>
      <PanelSection name="files" title={t('customers.sections.files')}>
        {() => <FilesSection key={customer.id} customer={customer} conversationId={row.id} />}
      </PanelSection>
    </div>
  );
}, unmoved);

/** Moves with every message, and only this with it. */
function LastActivity({ conversationId }: { conversationId: string }) {
  const locale = useLocale();
  const detail = detailQuery(conversationId);
  const { data } = useQuery({ ...detail, enabled: false, select: ({ conversation }) => conversation.lastActivityAt });
  return data === undefined ? null : formatDateTime(Date.parse(data), locale);
}

function Labels({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const may = useMay('conversation.label');
  const labels = useLabelsOf(ids);
  return (
    <section className={styles.labels} aria-label={t('labels.title')} data-testid="panel-labels">
      {labels.map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {may && (
        <UnstyledButton className={styles.addLabel} onClick={() => runCommand('label')} data-testid="add-label">
          <IconPlus size={13} aria-hidden />
          {t('customers.labels.add')}
        </UnstyledButton>
      )}
    </section>
  );
}
