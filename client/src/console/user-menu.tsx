import { useState } from 'react';
import { later } from './later.js';
import { UserFace } from './user-face.js';

const UserMenuPanel = later(() => import('./user-menu-panel.js').then((module) => module.UserMenuPanel), {
  waiting: <UserFace />,
  soon: true,
});

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <UserMenuPanel onHelp={onHelp} onClose={() => setWanted(false)} />;
  return <UserFace aria-haspopup="dialog" aria-expanded={false} onClick={() => setWanted(true)} />;
}
