import { customerLanguages, fieldKinds, labelColors, verificationMethods } from '#libs/contracts/index.js';
import type {
  CloseReason,
  CustomerField,
  CustomerFile,
  CustomerFiles,
  CustomerLanguage,
  CustomerNote,
  CustomerNumber,
  CustomerProfile,
  CustomerRules,
  CustomerView,
  FieldKind,
  LabelColor,
  LabelView,
  LikenessReason,
  MergeCandidate,
  MergedField,
  MergePreview,
  NewPerson,
  PastContact,
  PastContacts,
  RevealedNumber,
  Verification,
  VerificationMethod,
} from '#libs/contracts/index.js';
import { id, listOf, object, orNull, text, time, whole, words, yesOrNo, type Described } from './api-schema.js';
import { contactState, priority } from './api-words.js';

export interface CustomerViews {
  CustomerField: CustomerField;
  CustomerFiles: CustomerFiles;
  CustomerNote: CustomerNote;
  CustomerProfile: CustomerProfile;
  CustomerRules: CustomerRules;
  CustomerView: CustomerView;
  LabelView: LabelView;
  MergeCandidate: MergeCandidate;
  MergePreview: MergePreview;
  NewPerson: NewPerson;
  PastContacts: PastContacts;
  RevealedNumber: RevealedNumber;
}

function ref<N extends keyof CustomerViews>(name: N): Described<CustomerViews[N]> {
  return { $ref: `#/components/schemas/${name}` } as Described<CustomerViews[N]>;
}

const color: Described<LabelColor> = { type: 'string', enum: [...labelColors] };
const kind: Described<FieldKind> = { type: 'string', enum: [...fieldKinds] };
const method: Described<VerificationMethod> = { type: 'string', enum: [...verificationMethods] };
const language: Described<CustomerLanguage> = { type: 'string', enum: [...customerLanguages] };
const likeness = words<LikenessReason>({ kana: true, name: true, number: true, search: true });
const closeReason = words<CloseReason>({
  agent: true,
  inactivity: true,
  refused_full: true,
  refused_hours: true,
  closing_time: true,
  abandoned: true,
  blocked: true,
  new_person: true,
});
const texts: Described<Record<string, string>> = { type: 'object', additionalProperties: { type: 'string' } };

export const customerViews: { [N in keyof CustomerViews]: Described<CustomerViews[N]> } = {
  CustomerField: object<CustomerField>({
    id,
    accountId: id,
    key: text,
    label: text,
    kind,
    choices: listOf(text),
    position: whole,
    active: yesOrNo,
  }),
  CustomerFiles: object<CustomerFiles>({
    files: listOf(
      object<CustomerFile>({
        id,
        conversationId: id,
        messageId: id,
        seq: whole,
        name: text,
        mimeType: text,
        size: orNull(whole),
        thumbnails: yesOrNo,
        fromCustomer: yesOrNo,
        at: time,
      }),
    ),
    next: orNull(id),
  }),
  CustomerNote: object<CustomerNote>({
    id,
    text,
    by: object<CustomerNote['by']>({ id, name: text }),
    at: time,
  }),
  CustomerProfile: object<CustomerProfile>({
    customer: ref('CustomerView'),
    language: orNull(language),
    values: texts,
    notes: listOf(ref('CustomerNote')),
    verification: orNull(object<Verification>({ method, by: orNull(text), at: time, until: time })),
    block: orNull(object<NonNullable<CustomerProfile['block']>>({ at: time, by: orNull(text), reason: orNull(text) })),
    optOut: orNull(object<NonNullable<CustomerProfile['optOut']>>({ at: time, by: orNull(text) })),
    numbers: listOf(
      object<CustomerNumber>({
        customerId: id,
        phoneDisplay: text,
        mergeId: orNull(id),
        mergedAt: orNull(time),
        conversations: listOf(
          object<CustomerNumber['conversations'][number]>({ id, accountId: id, lastActivityAt: time }),
        ),
      }),
    ),
    reveals: orNull(listOf(object<NonNullable<CustomerProfile['reveals']>[number]>({ by: text, at: time }))),
    successor: orNull(object<NonNullable<CustomerProfile['successor']>>({ customerId: id, conversationId: id })),
  }),
  CustomerRules: object<CustomerRules>({ accountId: id, verificationDays: whole }),
  CustomerView: object<CustomerView>({
    id,
    name: orNull(text),
    kana: orNull(text),
    phone: orNull(text),
    phoneDisplay: text,
    phoneMasked: yesOrNo,
    version: whole,
    personId: id,
    verifiedUntil: orNull(time),
    blocked: yesOrNo,
    optedOut: yesOrNo,
    former: yesOrNo,
  }),
  LabelView: object<LabelView>({ id, accountId: id, name: text, color, position: whole, active: yesOrNo }),
  MergeCandidate: object<MergeCandidate>({
    customer: ref('CustomerView'),
    why: listOf(likeness),
    conversations: whole,
    lastActivityAt: time,
  }),
  MergePreview: object<MergePreview>({
    kept: ref('CustomerView'),
    joined: ref('CustomerView'),
    fields: listOf(
      object<MergedField>({ field: text, kept: orNull(text), joined: orNull(text), result: orNull(text) }),
    ),
    notes: whole,
    conversations: whole,
  }),
  NewPerson: object<NewPerson>({ customerId: id, conversationId: id }),
  PastContacts: object<PastContacts>({
    contacts: listOf(
      object<PastContact>({
        id,
        state: contactState,
        assignee: orNull(object<NonNullable<PastContact['assignee']>>({ id, name: text })),
        bot: orNull(object<NonNullable<PastContact['bot']>>({ id, name: text })),
        queueId: orNull(id),
        priority,
        offeredTo: orNull(id),
        enqueuedAt: time,
        acceptedAt: orNull(time),
        firstReplyAt: orNull(time),
        snoozedUntil: orNull(time),
        wrapUpUntil: orNull(time),
        closesAt: orNull(time),
        dispositionId: orNull(text),
        transfers: whole,
        closedAt: orNull(time),
        conversationId: id,
        accountId: id,
        agents: listOf(text),
        closeReason: orNull(closeReason),
        dispositionNote: orNull(text),
        firstSeq: orNull(whole),
        firstMessageId: orNull(id),
      }),
    ),
    next: orNull(id),
  }),
  RevealedNumber: object<RevealedNumber>({ phone: text, phoneDisplay: text }),
};
