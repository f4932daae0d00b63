import type { Sticker } from '#libs/contracts/index.js';

/** Lines and faces that all of them share: a paper lantern, as it hangs at a counter. */
const ink = '#3b2f2a';
const frame = (body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" fill="none" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`;

const lantern = (paper: string, turn = 0): string => `
  <g transform="rotate(${turn} 80 84)">
    <path d="M80 12v16" stroke="${ink}" stroke-width="5"/>
    <rect x="52" y="26" width="56" height="12" rx="5" fill="${ink}"/>
    <ellipse cx="80" cy="86" rx="52" ry="50" fill="${paper}" stroke="${ink}" stroke-width="5"/>
    <path d="M38 62q42 12 84 0M30 88q50 14 100 0M38 112q42 12 84 0" stroke="${ink}" stroke-opacity=".16" stroke-width="4"/>
    <rect x="56" y="132" width="48" height="11" rx="5" fill="${ink}"/>
  </g>`;

const cheeks = `<circle cx="52" cy="98" r="7" fill="#f2766b" fill-opacity=".55"/><circle cx="108" cy="98" r="7" fill="#f2766b" fill-opacity=".55"/>`;
const eyesOpen = `<circle cx="64" cy="82" r="5.5" fill="${ink}"/><circle cx="96" cy="82" r="5.5" fill="${ink}"/>`;
const eyesHappy = `<path d="M56 84q8-10 16 0M88 84q8-10 16 0" stroke="${ink}" stroke-width="5"/>`;
const eyesShut = `<path d="M56 82q8 8 16 0M88 82q8 8 16 0" stroke="${ink}" stroke-width="5"/>`;
const smile = `<path d="M68 98q12 12 24 0" stroke="${ink}" stroke-width="5"/>`;
const laugh = `<path d="M66 96h28q-2 18-14 18t-14-18z" fill="${ink}"/><path d="M73 108q7-5 14 0-3 5-7 5t-7-5z" fill="#f2766b"/>`;

export const drawings: Record<Sticker, string> = {
  hello: frame(`${lantern('#ffd98a', -6)}${eyesOpen}${cheeks}${smile}
    <path d="M128 70q14-12 18-28M138 84q12-4 18-14" stroke="#e0902f" stroke-width="5"/>
    <path d="M126 94q14 4 18-8l4-14" stroke="${ink}" stroke-width="6"/>`),
  thanks: frame(`${lantern('#ffc2b8')}${eyesHappy}${cheeks}${smile}
    <path d="M26 40c-8-8 2-18 8-10 6-8 16 2 8 10l-8 8z" fill="#e4574d"/>
    <path d="M122 30c-6-6 1-14 6-8 5-6 12 2 6 8l-6 6z" fill="#e4574d"/>`),
  sorry: frame(`${lantern('#c9dcf5', 10)}${eyesShut}
    <path d="M70 106q10-8 20 0" stroke="${ink}" stroke-width="5"/>
    <path d="M118 52q10 14 0 20-10-6 0-20z" fill="#6fa8e0" stroke="${ink}" stroke-width="3"/>`),
  ok: frame(`${lantern('#cfe8c2')}${eyesOpen}${cheeks}${smile}
    <circle cx="126" cy="122" r="22" fill="#ffffff" stroke="${ink}" stroke-width="5"/>
    <path d="M115 122l8 9 15-18" stroke="#2f9a58" stroke-width="7"/>`),
  wait: frame(`${lantern('#f0e2c4')}${eyesOpen}
    <path d="M72 102h16" stroke="${ink}" stroke-width="5"/>
    <circle cx="126" cy="120" r="23" fill="#ffffff" stroke="${ink}" stroke-width="5"/>
    <path d="M126 106v15l10 7" stroke="#c9742b" stroke-width="6"/>`),
  done: frame(`${lantern('#ffe3a6')}${eyesHappy}${cheeks}${laugh}
    <path d="M22 30l6 12M40 20l1 13M12 50l12 4M136 24l-8 11M150 44l-13 5" stroke="#e0902f" stroke-width="5"/>`),
  cheer: frame(`${lantern('#f7c4d8', -8)}${eyesOpen}${cheeks}${laugh}
    <path d="M24 120q-14-16-6-34M136 120q14-16 6-34" stroke="${ink}" stroke-width="6"/>
    <path d="M12 72l8 4 7-6-1 10 8 5-10 2-3 9-4-9-10-1 8-6zM142 72l8 4 7-6-1 10 8 5-10 2-3 9-4-9-10-1 8-6z" fill="#f0b429" transform="translate(-3 -6)"/>`),
  goodnight: frame(`${lantern('#b9b6e6', 6)}${eyesShut}
    <path d="M74 102q6 5 12 0" stroke="${ink}" stroke-width="5"/>
    <path d="M34 18a18 18 0 1 0 16 28 15 15 0 0 1-16-28z" fill="#f5cf5b" stroke="${ink}" stroke-width="4"/>
    <path d="M118 26h16l-16 18h16M138 50h10l-10 12h10" stroke="${ink}" stroke-width="4"/>`),
};
