import { useTranslation } from 'react-i18next';
import type { InactivityRule, QueueTexts } from '#libs/contracts/index.js';
import { useEditing } from '../editing.js';
import { Block, Check, FieldRow, Inset, SecondsField } from '../fields.js';
import type { Placeholder } from '../text-preview.js';
import { TextField } from './text-field.js';

/** What the server knows when it sends each of them. */
const placeholders: Record<keyof QueueTexts, readonly Placeholder[]> = {
  queued: ['wait'],
  outOfHours: ['opens'],
  full: ['wait'],
  closing: ['opens'],
};

const usualInactivity: InactivityRule = { closeAfterSeconds: 3_600, warnSeconds: 60, text: null };

export function Texts() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const { texts, inactivity } = rules;
  const unused: Record<keyof QueueTexts, string | undefined> = {
    queued: undefined,
    outOfHours: rules.hours === null ? t('queues.texts.unusedHours') : undefined,
    full: rules.maxLength === null ? t('queues.texts.unusedFull') : undefined,
    closing: rules.hours === null || rules.atClosing === 'serve' ? t('queues.texts.unusedClosing') : undefined,
  };
  const labels: Record<keyof QueueTexts, string> = {
    queued: t('queues.texts.queued'),
    outOfHours: t('queues.texts.outOfHours'),
    full: t('queues.texts.full'),
    closing: t('queues.texts.closing'),
  };
  const change = (part: Partial<InactivityRule>) => inactivity && set({ inactivity: { ...inactivity, ...part } });
  return (
    <>
      <Block title={t('queues.part.texts')} hint={t('queues.texts.hint')}>
        {(['queued', 'outOfHours', 'full', 'closing'] as const).map((name) => (
          <TextField
            key={name}
            field={`texts.${name}`}
            label={labels[name]}
            value={texts[name]}
            placeholders={placeholders[name]}
            unused={unused[name]}
            onChange={(text) => set({ texts: { ...texts, [name]: text } })}
          />
        ))}
      </Block>
      <Block title={t('queues.texts.inactivityTitle')}>
        <Check
          label={t('queues.texts.inactivity')}
          hint={t('queues.texts.inactivityHint')}
          checked={inactivity !== null}
          onChange={(on) => set({ inactivity: on ? usualInactivity : null })}
          testId="field-inactivity"
        />
        {inactivity && (
          <Inset>
            <FieldRow>
              <SecondsField
                field="inactivity.closeAfterSeconds"
                label={t('queues.texts.closeAfter')}
                value={inactivity.closeAfterSeconds}
                onChange={(closeAfterSeconds) => change({ closeAfterSeconds })}
              />
              <SecondsField
                field="inactivity.warnSeconds"
                label={t('queues.texts.warn')}
                hint={t('queues.texts.warnHint')}
                value={inactivity.warnSeconds}
                onChange={(warnSeconds) => change({ warnSeconds })}
              />
            </FieldRow>
            <TextField
              field="inactivity.text"
              label={t('queues.texts.inactivityText')}
              value={inactivity.text}
              placeholders={[]}
              onChange={(text) => change({ text })}
            />
          </Inset>
        )}
      </Block>
    </>
  );
}
