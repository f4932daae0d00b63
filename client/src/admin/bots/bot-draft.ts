import type { BotView, CreateBotBody, FieldError } from '#libs/contracts/index.js';

/** Kinds that are made by filling in where they are reached; the others have screens of their own, or are part of the console. */
export const reachedKinds = ['http', 'openai'] as const;
export type ReachedKind = (typeof reachedKinds)[number];

export function isReached(kind: string): kind is ReachedKind {
  return (reachedKinds as readonly string[]).includes(kind);
}

/** What the form holds. */
export interface BotDraft {
  name: string;
  address: string;
  model: string;
  instructions: string;
  /** Of an endpoint, by which it knows us. Empty: as it was. */
  key: string;
}

export function draftOf(bot: BotView | null): BotDraft {
  const { url, baseUrl, model, instructions } = bot?.settings ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    name: bot?.name ?? '',
    address: text(url) || text(baseUrl),
    model: text(model),
    instructions: text(instructions),
    key: '',
  };
}

export function bodyOf(kind: ReachedKind, draft: BotDraft): CreateBotBody & { settings: Record<string, unknown> } {
  const name = draft.name.trim();
  if (kind === 'http') return { kind, name, settings: { url: draft.address.trim() } };
  const settings = {
    baseUrl: draft.address.trim(),
    model: draft.model.trim(),
    instructions: draft.instructions.trim(),
  };
  return { kind, name, settings, ...(draft.key.trim() === '' ? {} : { secret: draft.key.trim() }) };
}

export type DraftField = keyof BotDraft;

const fields: Record<string, DraftField> = {
  name: 'name',
  'settings.url': 'address',
  'settings.baseUrl': 'address',
  'settings.model': 'model',
  'settings.instructions': 'instructions',
  secret: 'key',
};

/** What the server found wrong, by the field that it stands in. */
export function faultsOf(errors: readonly FieldError[]): Partial<Record<DraftField, FieldError>> {
  const found: Partial<Record<DraftField, FieldError>> = {};
  for (const error of errors) {
    const field = fields[error.field];
    if (field !== undefined) found[field] ??= error;
  }
  return found;
}
