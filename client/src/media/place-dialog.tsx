import { Anchor, Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { locationLimits } from '#libs/contracts/index.js';
import { mapAddress } from './map-address.js';
import { placeFromText } from './place-from-text.js';

interface Picked {
  latitude: number;
  longitude: number;
  label?: string;
}

export function PlaceDialog({ onClose, onPick }: { onClose: () => void; onPick: (place: Picked) => void }) {
  const { t } = useTranslation();
  const [where, setWhere] = useState('');
  const [label, setLabel] = useState('');
  const [tried, setTried] = useState(false);
  const place = placeFromText(where);
  const limit = locationLimits.label;
  const tooLong = label.trim().length > limit;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!place || tooLong) return;
    onPick({ ...place, ...(label.trim() === '' ? {} : { label: label.trim() }) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('media.placeDialog.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form noValidate onSubmit={submit} data-testid="place-form">
        <TextInput
          data-autofocus
          label={t('media.placeDialog.where')}
          description={t('media.placeDialog.whereHint')}
          placeholder={t('media.placeDialog.wherePlaceholder')}
          value={where}
          onChange={({ currentTarget }) => setWhere(currentTarget.value)}
          error={tried && !place ? t('media.placeDialog.unknown') : null}
          autoComplete="off"
          data-testid="place-where"
        />
        <Group mih={30} mt={4} gap="xs" fz={13} c="dimmed" aria-live="polite">
          {place && (
            <>
              <span>
                {t('media.placeDialog.found', {
                  latitude: place.latitude.toFixed(5),
                  longitude: place.longitude.toFixed(5),
                })}
              </span>
              <Anchor
                fz={13}
                href={mapAddress(place.latitude, place.longitude)}
                target="_blank"
                rel="noopener noreferrer"
                title={t('content.newWindow')}
              >
                {t('media.placeDialog.check')}
              </Anchor>
            </>
          )}
        </Group>
        <TextInput
          mt={6}
          label={t('media.placeDialog.label')}
          placeholder={t('media.placeDialog.labelPlaceholder')}
          value={label}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
          error={tooLong ? t('media.placeDialog.tooLong', { limit, count: label.trim().length }) : null}
          autoComplete="off"
          data-testid="place-label"
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" data-testid="place-submit">
            {t('media.placeDialog.submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
