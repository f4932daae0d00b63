import type { Suggestion } from '#libs/contracts/index.js';
import { anyOf, object, text, words, type Described } from './api-schema.js';

type Button<K extends Suggestion['kind']> = Extract<Suggestion, { kind: K }>;

/** A button under a message; its members hang on its kind, so it has no name of its own in the document. */
export const suggestion: Described<Suggestion> = anyOf(
  object<Button<'reply'>>({ kind: words({ reply: true }), label: text, payload: text }),
  object<Button<'url'>>({ kind: words({ url: true }), label: text, payload: text, url: text }),
  object<Button<'dial'>>({ kind: words({ dial: true }), label: text, payload: text, phone: text }),
);
