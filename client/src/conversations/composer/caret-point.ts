const COPIED = [
  'boxSizing',
  'width',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'fontFeatureSettings',
  'lineHeight',
  'letterSpacing',
  'textIndent',
  'tabSize',
  'wordBreak',
  'overflowWrap',
  'lineBreak',
] as const;

/** Where a place of the text stands on the field, in pixels from its corner; browsers tell it for no textarea. */
export function caretPoint(field: HTMLTextAreaElement, place: number): { left: number; top: number } {
  const style = getComputedStyle(field);
  const mirror = document.createElement('div');
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, { position: 'absolute', visibility: 'hidden', top: '0', left: '-9999px' });
  mirror.style.whiteSpace = 'pre-wrap';
  mirror.textContent = field.value.slice(0, place);
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  mirror.append(mark);
  document.body.append(mirror);
  const point = { left: mark.offsetLeft, top: mark.offsetTop - field.scrollTop };
  mirror.remove();
  return point;
}
