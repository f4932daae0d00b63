import type { TFunction } from 'i18next';
import { fileLimits } from '#libs/contracts/index.js';
import type { Attached, AttachedFile } from './attachments.js';
import { formatBytes } from './format-bytes.js';

/** It will not go as it is. */
export const isLost = (file: AttachedFile): boolean => file.state === 'refused' || file.state === 'failed';

export function attachedName(attached: Attached, t: TFunction): string {
  switch (attached.type) {
    case 'file':
      return attached.name;
    case 'location':
      return attached.label || t('content.location');
    case 'sticker':
      return t(`media.stickerOf.${attached.sticker}`);
  }
}

/** Where a file stands, and why it does not go where it does not. */
export function fileWords(file: AttachedFile, t: TFunction): string {
  const size = formatBytes(file.size);
  const received = formatBytes(file.received);
  switch (file.state) {
    case 'refused':
      return refusalWords(file, t);
    case 'failed':
      return file.fault === null ? '' : t(`errors.${file.fault}`);
    case 'sending':
      return t('media.state.sending', { received, size, percent: percentOf(file) });
    case 'cut':
      return t('media.state.cut', { received, size });
    case 'ready':
      return t('media.state.ready', { size });
    case 'waiting':
    case 'preparing':
      return t(`media.state.${file.state}`);
  }
}

/** Rounded down: a hundred is said when everything is there. */
export function percentOf({ received, size }: Pick<AttachedFile, 'received' | 'size'>): number {
  return size === 0 ? 0 : Math.floor((received / size) * 100);
}

function refusalWords({ refusal, found, size, name }: AttachedFile, t: TFunction): string {
  const limit = formatBytes(fileLimits.bytes);
  if (found === 'HEIC' || found === 'HEIF' || (refusal === 'typeNotAllowed' && /\.hei[cf]$/i.test(name)))
    return t('media.refusal.heic');
  switch (refusal) {
    case 'tooLarge':
      return t('media.refusal.tooLarge', { limit, size: formatBytes(size) });
    case 'tooManyPixels':
      return t('media.refusal.tooManyPixels', { limit: fileLimits.pixels.toLocaleString() });
    case 'typeMismatch':
      return found ? t('media.refusal.typeMismatchFound', { found }) : t('media.refusal.typeMismatch');
    case 'typeNotAllowed':
      return found ? t('media.refusal.typeNotAllowedFound', { found }) : t('media.refusal.typeNotAllowed');
    default:
      return t(`media.refusal.${refusal ?? 'broken'}`);
  }
}
