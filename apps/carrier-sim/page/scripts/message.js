import { h } from './dom.js';
import { icon, ticks, townMap } from './icons.js';
import { clock, word } from './words.js';

/** One message of the thread, as a bubble with its time and ticks. */
export function messageNode(message, act) {
  const own = message.from === 'customer';
  const { content } = message;
  const bare = content.type === 'cards' || Boolean(content.sticker);
  return h(
    'div',
    {
      class: `message ${own ? 'own' : 'theirs'}${bare ? ' bare' : ''}`,
      'data-message-id': message.id,
      'data-state': message.state,
      'data-from': message.from,
    },
    h('div', { class: `bubble ${content.type}` }, body(content, act)),
    h(
      'div',
      { class: 'meta' },
      own &&
        h(
          'span',
          {
            class: 'ticks',
            role: 'img',
            'aria-label': word('states')[message.state],
            title: word('states')[message.state],
          },
          ticks(message.state),
        ),
      h('time', { datetime: message.at }, clock(message.at)),
    ),
  );
}

function body(content, act) {
  switch (content.type) {
    case 'text':
      return linked(content.text);
    case 'press':
      return h('span', { class: 'pressed' }, content.label);
    case 'device':
      return h('span', { class: 'pressed' }, word('device'));
    case 'location':
      return place(content);
    case 'media':
      return media(content);
    default:
      return cards(content, act);
  }
}

/** Addresses in a text can be opened, as on every phone. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"「」（）]+)/)
    .map((part, index) =>
      index % 2 === 1 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
    );
}

function place({ latitude, longitude, label }) {
  return h(
    'figure',
    { class: 'place' },
    townMap(),
    h(
      'figcaption',
      {},
      h('strong', {}, label ?? word('location')),
      h('small', {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
    ),
  );
}

function media({ name, mimeType, size, url, thumbnailUrl, sticker }) {
  if (sticker)
    return h('img', { class: 'sticker', src: url, alt: `${word('sticker')}: ${sticker}`, width: 148, height: 148 });
  if (mimeType.startsWith('image/')) {
    const picture = h('img', { class: 'picture', src: thumbnailUrl ?? url, alt: name });
    picture.addEventListener('error', () => picture.replaceWith(fileRow(name, size, 'picture')));
    return h(
      'a',
      { href: url, target: '_blank', rel: 'noopener noreferrer', 'aria-label': `${word('open')}: ${name}` },
      picture,
    );
  }
  if (mimeType.startsWith('audio/'))
    return h('audio', { controls: true, preload: 'none', src: url, 'aria-label': `${word('voice')}: ${name}` });
  if (mimeType.startsWith('video/')) {
    return h('video', { controls: true, preload: 'metadata', src: url, 'aria-label': `${word('video')}: ${name}` });
  }
  return h(
    'a',
    { class: 'file-link', href: url, target: '_blank', rel: 'noopener noreferrer' },
    fileRow(name, size, 'file'),
  );
}

function fileRow(name, size, kind) {
  return h(
    'span',
    { class: 'file' },
    h('span', { class: 'file-mark' }, icon(kind)),
    h('span', { class: 'file-words' }, h('strong', {}, name), size !== null && h('small', {}, bytes(size))),
  );
}

const bytes = (size) =>
  size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} kB` : `${(size / 1_000_000).toFixed(1)} MB`;

function cards({ carousel, width, horizontal, imageRight, cards: list }, act) {
  const one = (card) =>
    h(
      'article',
      { class: `card ${horizontal ? 'horizontal' : ''} ${imageRight ? 'image-right' : ''}` },
      card.media && cardPicture(card.media),
      h(
        'div',
        { class: 'card-words' },
        card.title && h('h3', {}, card.title),
        card.description && h('p', {}, linked(card.description)),
        card.suggestions.length > 0 &&
          h(
            'div',
            { class: 'card-buttons' },
            card.suggestions.map((suggestion) => suggestionButton(suggestion, act)),
          ),
      ),
    );
  if (!carousel) return one(list[0]);
  return h(
    'div',
    { class: `carousel ${width}`, tabindex: '0', role: 'group', 'aria-label': word('cards') },
    list.map(one),
  );
}

function cardPicture({ url, mimeType, height, thumbnailUrl, alt }) {
  const frame = h('div', { class: `card-picture ${height}` });
  if (mimeType.startsWith('video/'))
    frame.append(h('video', { controls: true, preload: 'metadata', src: url, poster: thumbnailUrl }));
  else {
    const picture = h('img', { src: url, alt: alt ?? '' });
    picture.addEventListener('error', () => picture.replaceWith(icon('picture')));
    frame.append(picture);
  }
  return frame;
}

const marks = { url: 'link', dial: 'phone', map: 'place', location: 'place', calendar: 'calendar' };

export function suggestionButton(suggestion, act, className = 'suggestion') {
  const mark = marks[suggestion.kind];
  return h(
    'button',
    { type: 'button', class: className, onclick: () => act(suggestion) },
    mark && icon(mark),
    suggestion.label,
  );
}
