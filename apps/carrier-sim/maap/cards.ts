import { isObject, type Json } from '../fields.js';
import { malformed } from '../problem.js';
import type { Card, Content } from '../threads/content.js';
import { needAddress, needLength, optionalText } from './measure.js';
import { readSuggestions } from './suggestions.js';

const cardsInCarousel = { least: 2, most: 10 };
const suggestionsOnCard = 4;
const heights: Record<string, 'short' | 'medium' | 'tall'> = {
  SHORT_HEIGHT: 'short',
  MEDIUM_HEIGHT: 'medium',
  TALL_HEIGHT: 'tall',
};

export function readRichCard(source: Json, path: string): Content {
  const message = source.message;
  if (!isObject(message)) throw malformed(`${path}.message is required`);
  const one = message.generalPurposeCard;
  const many = message.generalPurposeCardCarousel;
  if (isObject(one) && many === undefined) return readOne(one, `${path}.message.generalPurposeCard`);
  if (isObject(many) && one === undefined) return readMany(many, `${path}.message.generalPurposeCardCarousel`);
  throw malformed(`${path}.message must hold exactly one of generalPurposeCard and generalPurposeCardCarousel`);
}

function readOne(source: Json, path: string): Content {
  const layout = isObject(source.layout) ? source.layout : {};
  const orientation = layout.cardOrientation ?? 'VERTICAL';
  if (orientation !== 'VERTICAL' && orientation !== 'HORIZONTAL') {
    throw malformed(`${path}.layout.cardOrientation must be VERTICAL or HORIZONTAL`);
  }
  const horizontal = orientation === 'HORIZONTAL';
  if (horizontal && layout.imageAlignment !== 'LEFT' && layout.imageAlignment !== 'RIGHT') {
    throw malformed(`${path}.layout.imageAlignment must be LEFT or RIGHT on a horizontal card`);
  }
  const card = readCard(source.content, `${path}.content`);
  const imageRight = layout.imageAlignment === 'RIGHT';
  return { type: 'cards', carousel: false, width: 'medium', horizontal, imageRight, cards: [card] };
}

function readMany(source: Json, path: string): Content {
  const layout = isObject(source.layout) ? source.layout : {};
  const width = layout.cardWidth ?? 'SMALL_WIDTH';
  if (width !== 'SMALL_WIDTH' && width !== 'MEDIUM_WIDTH') {
    throw malformed(`${path}.layout.cardWidth must be SMALL_WIDTH or MEDIUM_WIDTH`);
  }
  const { least, most } = cardsInCarousel;
  if (!Array.isArray(source.content) || source.content.length < least || source.content.length > most) {
    throw malformed(`${path}.content must be an array of ${least} to ${most} cards`);
  }
  const cards = source.content.map((card, index) => readCard(card, `${path}.content[${index}]`));
  const narrow = width === 'SMALL_WIDTH';
  return {
    type: 'cards',
    carousel: true,
    width: narrow ? 'small' : 'medium',
    horizontal: false,
    imageRight: false,
    cards,
  };
}

function readCard(source: unknown, path: string): Card {
  if (!isObject(source)) throw malformed(`${path} must be a card`);
  const card: Card = {
    title: optionalText(source.title, `${path}.title`, 200),
    description: optionalText(source.description, `${path}.description`, 2000),
    media: source.media === undefined ? undefined : readMedia(source.media, `${path}.media`),
    suggestions: readSuggestions(source.suggestions, `${path}.suggestions`, suggestionsOnCard),
  };
  if (!card.title && !card.description && !card.media) {
    throw malformed(`${path} must have at least one of media, title and description`);
  }
  return card;
}

function readMedia(source: unknown, path: string): Card['media'] {
  if (!isObject(source)) throw malformed(`${path} must be an object`);
  const height = heights[String(source.height)];
  if (!height) throw malformed(`${path}.height must be one of ${Object.keys(heights).join(', ')}`);
  if (!(Number(source.mediaFileSize) >= 0)) throw malformed(`${path}.mediaFileSize must be a number of bytes`);
  if (source.thumbnailUrl !== undefined) {
    needLength(source.thumbnailContentType, `${path}.thumbnailContentType`, 255);
    if (!(Number(source.thumbnailFileSize) >= 0))
      throw malformed(`${path}.thumbnailFileSize must be a number of bytes`);
  }
  return {
    url: needAddress(source.mediaUrl, `${path}.mediaUrl`),
    mimeType: needLength(source.mediaContentType, `${path}.mediaContentType`, 255),
    height,
    thumbnailUrl:
      source.thumbnailUrl === undefined ? undefined : needAddress(source.thumbnailUrl, `${path}.thumbnailUrl`),
    alt: optionalText(source.contentDescription, `${path}.contentDescription`, 200),
  };
}
