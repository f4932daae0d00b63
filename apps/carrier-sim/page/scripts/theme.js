/** Follows the system until somebody chooses. */
export const dark = () => (document.documentElement.dataset.theme ?? system()) === 'dark';

const system = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

export function startTheme() {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
}

export function switchTheme() {
  const next = dark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('theme', next);
}
