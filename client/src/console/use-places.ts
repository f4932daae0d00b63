import { useNavigate } from '@tanstack/react-router';
import type { View } from '#libs/contracts/index.js';
import { useCommand } from './commands.js';

/** Where one can go by keys from everywhere. The address is what changes; whatever guards it asks before. */
export function usePlaces(): void {
  const navigate = useNavigate();
  const list = (view?: View) => void navigate({ to: '/', search: (old) => ({ ...old, ...(view ? { view } : {}) }) });
  useCommand('goList', () => list());
  useCommand('goMine', () => list('mine'));
  useCommand('goUnassigned', () => list('unassigned'));
  useCommand('goBot', () => list('bot'));
  useCommand('goQueue', () => list('queue'));
  useCommand('goAll', () => list('all'));
  useCommand('goSettings', () => void navigate({ to: '/settings', search: (old) => old }));
}
