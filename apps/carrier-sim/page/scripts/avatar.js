import { h } from './dom.js';

const hues = [212, 158, 28, 262, 338, 188, 46, 300];

function hueOf(text) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return hues[sum % hues.length];
}

/** A logo, or the first letter on a colour of its own. */
export function avatar(name, url, className = '') {
  const letter = [...name.replace(/^[+\d\s-]+/, '')][0] ?? '☺';
  const face = h(
    'span',
    { class: `avatar ${className}`, 'aria-hidden': 'true', style: `--hue:${hueOf(name)}` },
    letter,
  );
  if (url) {
    const picture = h('img', { src: url, alt: '' });
    picture.addEventListener('error', () => picture.remove());
    face.append(picture);
  }
  return face;
}
