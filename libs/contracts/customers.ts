import type { ContactView, CloseReason } from './contacts.js';

export interface CustomerView {
  id: string;
  name: string | null;
  /** ふりがな */
  kana: string | null;
  /** E.164, `+819000000001`; null while the customer hides the number, and for whoever may not see it whole. */
  phone: string | null;
  /** For people: `090-0000-0001`, `090-****-0001` for whoever may not see it whole, or a short word for a hidden number. */
  phoneDisplay: string;
  /** `phoneDisplay` has stars: the reader lacks the right `customer.phone`. */
  phoneMasked: boolean;
  /** Rises with everything that is changed about the customer: ask for the profile again. */
  version: number;
  /** Customers with the same one are shown as one person (名寄せ); usually her own id. */
  personId: string;
  /** 本人確認 holds until then; null: not done. */
  verifiedUntil: string | null;
  /** Her messages are kept and reach nobody; nothing is sent to her. */
  blocked: boolean;
  /** 配信停止: she is only answered. */
  optedOut: boolean;
  /** The number belongs to somebody else now; nothing is sent to it from here. */
  former: boolean;
}

/** Words, not colour values: each theme has its own shade, readable on its own ground. */
export const labelColors = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const;
export type LabelColor = (typeof labelColors)[number];

export interface LabelView {
  id: string;
  accountId: string;
  name: string;
  color: LabelColor;
  /** Labels are shown and chosen in this order. */
  position: number;
  /** False: no longer offered; conversations that have it keep it, and no list shows it. */
  active: boolean;
}

export interface CreateLabelBody {
  accountId: string;
  name: string;
  color: LabelColor;
}

export interface EditLabelBody {
  name?: string;
  color?: LabelColor;
  position?: number;
  active?: boolean;
}

/** What is put on and what is taken off: two people who label at the same time undo nothing of each other. */
export interface SetLabelsBody {
  add?: string[];
  remove?: string[];
}

export const fieldKinds = ['text', 'number', 'date', 'choice'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** An attribute that an account keeps of its customers (お客様項目). */
export interface CustomerField {
  id: string;
  accountId: string;
  /** For programs and placeholders, e.g. `member_no`; never changes. */
  key: string;
  label: string;
  kind: FieldKind;
  /** Of a `choice`; empty for the others. */
  choices: string[];
  position: number;
  active: boolean;
}

export interface CreateFieldBody {
  accountId: string;
  key: string;
  label: string;
  kind: FieldKind;
  choices?: string[];
}

/** The kind stays: values have been written by it. */
export interface EditFieldBody {
  label?: string;
  choices?: string[];
  position?: number;
  active?: boolean;
}

export interface CustomerRules {
  accountId: string;
  /** After so many days 本人確認 has to be done again. */
  verificationDays: number;
}

export interface EditCustomerRulesBody {
  verificationDays: number;
}

export const verificationMethods = ['birthday', 'member_no', 'document', 'callback', 'other'] as const;
export type VerificationMethod = (typeof verificationMethods)[number];

export interface Verification {
  method: VerificationMethod;
  by: string | null;
  at: string;
  /** From then on it counts as not done. */
  until: string;
}

export interface VerifyBody {
  /** Whose rule says how long it holds. */
  conversationId: string;
  method: VerificationMethod;
}

export interface BlockBody {
  reason?: string;
}

export const customerLanguages = ['ja', 'en', 'zh', 'ko', 'vi', 'pt', 'es', 'tl', 'ne', 'id', 'th'] as const;
export type CustomerLanguage = (typeof customerLanguages)[number];

/** What is left out stays, null forgets. */
export interface EditCustomerBody {
  name?: string | null;
  kana?: string | null;
  language?: CustomerLanguage | null;
  /** By the id of the field. Full-width digits are taken. */
  values?: Record<string, string | null>;
}

/** Everything the panel shows of a customer besides her contacts and files. */
export interface CustomerProfile {
  customer: CustomerView;
  language: CustomerLanguage | null;
  /** By the id of the field; only fields of accounts that the reader works in. A date is `2026-11-22`. */
  values: Record<string, string>;
  notes: CustomerNote[];
  verification: Verification | null;
  block: { at: string; by: string | null; reason: string | null } | null;
  optOut: { at: string; by: string | null } | null;
  /** Everybody shown as this person, herself first; one alone when nothing was merged. */
  numbers: CustomerNumber[];
  /** Who was shown the whole number and when, the newest first; null for whoever lacks the right `customer.phone`. */
  reveals: { by: string; at: string }[] | null;
  /** The person who has the number now; null where the reader may not see her. */
  successor: { customerId: string; conversationId: string } | null;
}

export interface CustomerNumber {
  customerId: string;
  phoneDisplay: string;
  /** The merge that brought it here; null for the one that the others were joined to. */
  mergeId: string | null;
  mergedAt: string | null;
  conversations: { id: string; accountId: string; lastActivityAt: string }[];
}

export interface CustomerNote {
  id: string;
  text: string;
  by: { id: string; name: string };
  at: string;
}

export interface CustomerNoteBody {
  text: string;
}

export interface RevealedNumber {
  /** E.164 */
  phone: string;
  phoneDisplay: string;
}

/** A contact of the customer, in whichever of her conversations. */
export interface PastContact extends ContactView {
  conversationId: string;
  accountId: string;
  /** Everybody who had it, in that order. */
  agents: string[];
  closeReason: CloseReason | null;
  dispositionNote: string | null;
  /** Where in the thread it begins. */
  firstSeq: number | null;
  firstMessageId: string | null;
}

export interface PastContacts {
  contacts: PastContact[];
  /** Hand it back as `before` for older ones. */
  next: string | null;
}

export interface CustomerFile {
  id: string;
  conversationId: string;
  messageId: string;
  seq: number;
  name: string;
  mimeType: string;
  size: number | null;
  /** Smaller ones are at `/api/media/:id/small` and `/api/media/:id/large`. */
  thumbnails: boolean;
  fromCustomer: boolean;
  at: string;
}

export interface CustomerFiles {
  files: CustomerFile[];
  next: string | null;
}

export type LikenessReason = 'kana' | 'name' | 'number' | 'search';

export interface MergeCandidate {
  customer: CustomerView;
  /** Why she is proposed; the strongest first. */
  why: LikenessReason[];
  conversations: number;
  lastActivityAt: string;
}

/** What would stand where after a merge. */
export interface MergePreview {
  kept: CustomerView;
  joined: CustomerView;
  fields: MergedField[];
  notes: number;
  conversations: number;
}

export interface MergedField {
  /** `name`, `kana`, `language`, or the id of an attribute. */
  field: string;
  kept: string | null;
  joined: string | null;
  /** Of the one person that both become. */
  result: string | null;
}

export interface MergeBody {
  /** The one that is joined to the one in the address. */
  customerId: string;
}

export interface NewPersonBody {
  conversationId: string;
}

export interface NewPerson {
  customerId: string;
  /** Hers, in the same account; empty. */
  conversationId: string;
}

export const customerLimits = {
  labelName: 30,
  labels: 100,
  labelsPerConversation: 20,
  fieldKey: 40,
  fieldLabel: 40,
  fields: 50,
  choices: 50,
  choice: 60,
  value: 500,
  note: 2000,
  notes: 200,
  blockReason: 200,
  verificationDays: 3650,
} as const;

export const usualVerificationDays = 90;
