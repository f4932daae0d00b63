import { useState } from 'react';
import type { ConversationRow } from '#libs/contracts/index.js';
import { useCommand } from '../console/commands.js';
import { later } from '../console/later.js';
import { useMay } from '../session/session.js';

const LabelDialog = later(() => import('./label-dialog.js').then((module) => module.LabelDialog));

/** Where a conversation is open its labels can be asked for, by key or from the panel, whether or not the panel is shown. */
export function Labelling({ row }: { row: ConversationRow }) {
  const may = useMay('conversation.label');
  const [opened, setOpened] = useState(false);
  useCommand('label', () => setOpened(true), may);
  return <LabelDialog opened={opened} onClose={() => setOpened(false)} row={row} />;
}
