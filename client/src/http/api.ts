import type {
  AccountBots,
  AccountBotsBody,
  AccountView,
  AgentPreferences,
  AgentStateView,
  AgentSummary,
  AgentView,
  AssignBody,
  BotContainment,
  BotIdeaView,
  BotTurnPage,
  BotView,
  EditBotBody,
  CannedBook,
  CannedImport,
  CannedResponse,
  CannedScope,
  ConversationChanges,
  ConversationDetail,
  ConversationPage,
  ConversationRow,
  CreateBotBody,
  CreateCannedBody,
  CreateQueueBody,
  CreateFieldBody,
  CreateLabelBody,
  CustomerField,
  CustomerFiles,
  CustomerNote,
  CustomerProfile,
  CustomerRules,
  CustomerView,
  DecisionView,
  DeclineBody,
  DraftBody,
  DraftSummary,
  EditAgentBody,
  EditCannedBody,
  EditCustomerBody,
  EditFieldBody,
  EditLabelBody,
  EditQueueBody,
  LabelView,
  MadeBot,
  EditForbiddenWordBody,
  FlowVersion,
  FlowView,
  CreateFaqBody,
  EditFaqBody,
  FaqBook,
  FaqEntry,
  FaqImport,
  FaqRewordings,
  FaqTrial,
  FaqUnanswered,
  TryFaqBody,
  ForbiddenWord,
  ForbiddenWordBody,
  ListOrder,
  MergeCandidate,
  MergePreview,
  MessagePage,
  MessageView,
  NewPerson,
  NotificationPage,
  OfferView,
  PastContacts,
  PostMessageBody,
  PostNoteBody,
  Priority,
  QueueMembership,
  QueuePreview,
  QueueSummary,
  QueueView,
  Reachability,
  ReadNotificationsBody,
  ReleaseBody,
  ReturnToBotBody,
  ReleaseResult,
  SaveFlowBody,
  SavedView,
  SavedViewBody,
  OrderSavedViewsBody,
  EditSavedViewBody,
  ReplayTurnPage,
  ReplayView,
  RevealedNumber,
  SearchAnswer,
  SearchKind,
  SearchState,
  SessionView,
  SetAgentStateBody,
  SetLabelsBody,
  SignInBody,
  SkillBody,
  SkillView,
  SnoozeBody,
  StartConversationBody,
  StartReplayBody,
  TransferBody,
  VerifyBody,
  UnmaskedMessage,
  UploadView,
  View,
  ViewCounts,
  WrapUpBody,
} from '#libs/contracts/index.js';
import { errorFromAnswer, toApiError } from './api-error.js';
import { early } from './early.js';

const PATIENCE_MS = 20_000;

let signedOut: () => void = () => undefined;

/** Called whenever the server says that nobody is signed in. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

interface Options {
  body?: unknown;
  /** A file goes as it is, as what it is. */
  file?: { type: string; bytes: Blob };
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
}

async function request<T>(method: string, path: string, { body, file, signal, keepalive }: Options = {}): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  let text: string;
  try {
    const known = method === 'GET' ? await early(path) : undefined;
    response =
      known ??
      (await fetch(`/api${path}`, {
        method,
        credentials: 'same-origin',
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
        ...(keepalive ? { keepalive } : {}),
        ...(file ? { body: file.bytes, headers: { 'content-type': file.type } } : {}),
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }));
    text = await response.text();
  } catch (error) {
    throw toApiError(error);
  }
  const answer = parse(text);
  if (response.ok) return answer as T;
  const error = errorFromAnswer(response.status, answer);
  if (error.code === 'unauthenticated') signedOut();
  throw error;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function query(values: Record<string, string | number | boolean | undefined | null>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export interface ListQuery {
  view: View;
  order: ListOrder;
  account?: string | undefined;
  queue?: string | undefined;
  agent?: string | undefined;
  unanswered?: string | undefined;
  label?: string | undefined;
  state?: SearchState | undefined;
  cursor?: string | undefined;
  limit?: number;
}

export interface SearchQuery {
  q: string;
  kind?: SearchKind | undefined;
  account?: string | undefined;
  queue?: string | undefined;
  agent?: string | undefined;
  state?: SearchState | undefined;
  label?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  media?: string | undefined;
  cursor?: string | undefined;
}

export interface ImportWhere {
  scope: CannedScope;
  ownerId: string | null;
  skipBad?: boolean;
  dryRun?: boolean;
}

export interface MessagesQuery {
  before?: number;
  after?: number;
  changedAfter?: number;
  around?: string;
  limit?: number;
}

/** Every door of the server that the console uses. */
export const api = {
  session: () => request<SessionView>('GET', '/session'),
  signIn: (body: SignInBody) => request<SessionView>('POST', '/session', { body }),
  signOut: () => request<void>('DELETE', '/session'),

  conversations: (list: ListQuery, signal?: AbortSignal) =>
    request<ConversationPage>('GET', `/conversations${query({ ...list })}`, { signal }),
  counts: (signal?: AbortSignal) => request<ViewCounts>('GET', '/conversations/counts', { signal }),
  changes: (since: string, known: string[]) =>
    request<ConversationChanges>('GET', `/conversations/changes${query({ since, known: known.join(',') || null })}`),
  start: (body: StartConversationBody) => request<ConversationDetail>('POST', '/conversations', { body }),

  savedViews: (signal?: AbortSignal) => request<SavedView[]>('GET', '/saved-views', { signal }),
  addSavedView: (body: SavedViewBody) => request<SavedView>('POST', '/saved-views', { body }),
  editSavedView: (id: string, body: EditSavedViewBody) => request<SavedView>('PATCH', `/saved-views/${id}`, { body }),
  removeSavedView: (id: string) => request<void>('DELETE', `/saved-views/${id}`),
  arrangeSavedViews: (body: OrderSavedViewsBody) => request<SavedView[]>('PUT', '/saved-views/order', { body }),
  search: (asked: SearchQuery, signal?: AbortSignal) =>
    request<SearchAnswer>('GET', `/search${query({ ...asked })}`, { signal }),

  conversation: (id: string, signal?: AbortSignal) =>
    request<ConversationDetail>('GET', `/conversations/${encodeURIComponent(id)}`, { signal }),
  messages: (id: string, page: MessagesQuery, signal?: AbortSignal) =>
    request<MessagePage>('GET', `/conversations/${encodeURIComponent(id)}/messages${query({ ...page })}`, { signal }),
  post: (id: string, body: PostMessageBody) => request<MessageView>('POST', `/conversations/${id}/messages`, { body }),
  note: (id: string, body: PostNoteBody) => request<MessageView>('POST', `/conversations/${id}/notes`, { body }),
  retry: (id: string, messageId: string) =>
    request<MessageView>('POST', `/conversations/${id}/messages/${messageId}/retry`),
  takeBack: (id: string, messageId: string) =>
    request<MessageView>('POST', `/conversations/${id}/messages/${messageId}/revoke`),
  read: (id: string, upTo: number) => request<ConversationRow>('POST', `/conversations/${id}/read`, { body: { upTo } }),
  assign: (id: string, body: AssignBody) => request<ConversationRow>('POST', `/conversations/${id}/assign`, { body }),
  close: (id: string, body: WrapUpBody = {}) =>
    request<ConversationRow>('POST', `/conversations/${id}/close`, { body }),
  transfer: (id: string, body: TransferBody) =>
    request<ConversationRow>('POST', `/conversations/${id}/transfer`, { body }),
  cancelTransfer: (id: string) => request<ConversationRow>('DELETE', `/conversations/${id}/transfer`),
  hold: (id: string) => request<ConversationRow>('POST', `/conversations/${id}/hold`),
  resumeContact: (id: string) => request<ConversationRow>('POST', `/conversations/${id}/resume`),
  snooze: (id: string, body: SnoozeBody) => request<ConversationRow>('POST', `/conversations/${id}/snooze`, { body }),
  wrapUpDone: (id: string, body: WrapUpBody) => request<ConversationRow>('POST', `/conversations/${id}/done`, { body }),
  prioritise: (id: string, priority: Priority) =>
    request<ConversationRow>('PUT', `/conversations/${id}/priority`, { body: { priority } }),
  decisions: (id: string, signal?: AbortSignal) =>
    request<DecisionView[]>('GET', `/conversations/${id}/decisions`, { signal }),
  unmasked: (id: string, messageId: string) =>
    request<UnmaskedMessage>('GET', `/conversations/${id}/messages/${messageId}/unmasked`),
  cannedResponses: (signal?: AbortSignal) => request<CannedBook>('GET', '/canned-responses', { signal }),
  addCanned: (body: CreateCannedBody) => request<CannedResponse>('POST', '/canned-responses', { body }),
  editCanned: (id: string, body: EditCannedBody) =>
    request<CannedResponse>('PATCH', `/canned-responses/${id}`, { body }),
  removeCanned: (id: string) => request<void>('DELETE', `/canned-responses/${id}`),
  restoreCanned: (id: string) => request<CannedResponse>('POST', `/canned-responses/${id}/restore`),
  usedCanned: (id: string) => request<void>('POST', `/canned-responses/${id}/uses`),
  importCanned: (file: { type: string; bytes: Blob }, where: ImportWhere) =>
    request<CannedImport>('POST', `/canned-responses/import${query({ ...where })}`, { file }),
  faq: (signal?: AbortSignal) => request<FaqBook>('GET', '/faq', { signal }),
  addFaq: (body: CreateFaqBody) => request<FaqEntry>('POST', '/faq/entries', { body }),
  editFaq: (id: string, body: EditFaqBody) => request<FaqEntry>('PATCH', `/faq/entries/${id}`, { body }),
  removeFaq: (id: string) => request<void>('DELETE', `/faq/entries/${id}`),
  restoreFaq: (id: string) => request<FaqEntry>('POST', `/faq/entries/${id}/restore`),
  rewordFaq: (accountId: string, groups: string[][]) =>
    request<FaqRewordings>('PUT', `/faq/rewordings/${accountId}`, { body: { groups } }),
  tryFaq: (body: TryFaqBody) => request<FaqTrial>('POST', '/faq/try', { body }),
  importFaq: (bytes: Blob, where: { accountId: string; skipBad?: boolean; dryRun?: boolean }) =>
    request<FaqImport>('POST', `/faq/import${query({ ...where })}`, { file: { type: 'text/csv', bytes } }),
  unansweredFaq: (signal?: AbortSignal) => request<FaqUnanswered[]>('GET', '/faq/unanswered', { signal }),
  settleFaq: (ids: string[]) => request<void>('POST', '/faq/unanswered/settle', { body: { ids } }),
  forbiddenWords: (signal?: AbortSignal) => request<ForbiddenWord[]>('GET', '/forbidden-words', { signal }),
  addForbiddenWord: (body: ForbiddenWordBody) => request<ForbiddenWord>('POST', '/forbidden-words', { body }),
  editForbiddenWord: (id: string, body: EditForbiddenWordBody) =>
    request<ForbiddenWord>('PATCH', `/forbidden-words/${id}`, { body }),
  removeForbiddenWord: (id: string) => request<void>('DELETE', `/forbidden-words/${id}`),
  bots: (signal?: AbortSignal) => request<BotView[]>('GET', '/bots', { signal }),
  addBot: (body: CreateBotBody) => request<MadeBot>('POST', '/bots', { body }),
  /** Null before its first version. */
  flow: (botId: string, signal?: AbortSignal) =>
    request<FlowView>('GET', `/flows/${encodeURIComponent(botId)}`, { signal }).catch((error: unknown) => {
      if (toApiError(error).status === 404) return null;
      throw error;
    }),
  saveFlow: (botId: string, body: SaveFlowBody) => request<FlowView>('PUT', `/flows/${botId}`, { body }),
  flowVersions: (botId: string, signal?: AbortSignal) =>
    request<FlowVersion[]>('GET', `/flows/${botId}/versions`, { signal }),
  replays: (botId: string, signal?: AbortSignal) => request<ReplayView[]>('GET', `/bots/${botId}/replays`, { signal }),
  replay: (botId: string, id: string, signal?: AbortSignal) =>
    request<ReplayView>('GET', `/bots/${encodeURIComponent(botId)}/replays/${encodeURIComponent(id)}`, { signal }),
  replayTurns: (botId: string, id: string, differing: boolean, after: number, signal?: AbortSignal) =>
    request<ReplayTurnPage>('GET', `/bots/${botId}/replays/${id}/turns${query({ differing, after })}`, { signal }),
  startReplay: (botId: string, body: StartReplayBody) =>
    request<ReplayView>('POST', `/bots/${botId}/replays`, { body }),
  stopReplay: (botId: string, id: string) => request<ReplayView>('POST', `/bots/${botId}/replays/${id}/stop`),
  renewBotSecret: (id: string) => request<MadeBot>('POST', `/bots/${id}/secret`),
  removeBot: (id: string) => request<void>('DELETE', `/bots/${id}`),
  editBot: (id: string, body: EditBotBody) => request<BotView>('PATCH', `/bots/${id}`, { body }),
  accountBots: (signal?: AbortSignal) => request<AccountBots[]>('GET', '/bots/accounts', { signal }),
  setAccountBots: (accountId: string, body: AccountBotsBody) =>
    request<AccountBots>('PUT', `/bots/accounts/${accountId}`, { body }),
  botContainment: (account: string, from: string, to: string, signal?: AbortSignal) =>
    request<BotContainment>('GET', `/bots/containment${query({ account, from, to })}`, { signal }),
  botTurns: (id: string, before: string | null, signal?: AbortSignal) =>
    request<BotTurnPage>('GET', `/bots/${id}/turns${query({ before })}`, { signal }),
  botIdeas: (id: string, signal?: AbortSignal) =>
    request<BotIdeaView[]>('POST', `/conversations/${id}/ideas`, { signal }),
  returnToBot: (id: string, body: ReturnToBotBody) =>
    request<ConversationRow>('POST', `/conversations/${id}/return-to-bot`, { body }),
  draft: (id: string, body: DraftBody, keepalive = false) =>
    request<void>('PUT', `/conversations/${id}/draft`, { body, keepalive }),
  drafts: () => request<DraftSummary[]>('GET', '/drafts'),
  readers: (id: string, signal?: AbortSignal) =>
    request<AgentSummary[]>('GET', `/conversations/${id}/readers`, { signal }),
  notifications: (before: string | null, signal?: AbortSignal) =>
    request<NotificationPage>('GET', `/notifications${query({ before })}`, { signal }),
  readNotifications: (body: ReadNotificationsBody) => request<void>('POST', '/notifications/read', { body }),
  reachability: (id: string) => request<Reachability>('GET', `/conversations/${id}/reachability`),
  editCustomer: (id: string, body: EditCustomerBody) => request<CustomerView>('PATCH', `/customers/${id}`, { body }),
  customer: (id: string, signal?: AbortSignal) => request<CustomerProfile>('GET', `/customers/${id}`, { signal }),
  reveal: (id: string) => request<RevealedNumber>('POST', `/customers/${id}/reveal`),
  addCustomerNote: (id: string, text: string) =>
    request<CustomerNote>('POST', `/customers/${id}/notes`, { body: { text } }),
  removeCustomerNote: (id: string, noteId: string) => request<void>('DELETE', `/customers/${id}/notes/${noteId}`),
  pastContacts: (id: string, before: string | null, signal?: AbortSignal) =>
    request<PastContacts>('GET', `/customers/${id}/contacts${query({ before, limit: 10 })}`, { signal }),
  customerFiles: (id: string, before: string | null, signal?: AbortSignal) =>
    request<CustomerFiles>('GET', `/customers/${id}/files${query({ before, limit: 12 })}`, { signal }),
  verify: (id: string, body: VerifyBody) => request<void>('PUT', `/customers/${id}/verification`, { body }),
  unverify: (id: string) => request<void>('DELETE', `/customers/${id}/verification`),
  block: (id: string, reason: string) => request<void>('PUT', `/customers/${id}/block`, { body: { reason } }),
  unblock: (id: string) => request<void>('DELETE', `/customers/${id}/block`),
  optOut: (id: string) => request<void>('PUT', `/customers/${id}/opt-out`),
  optIn: (id: string) => request<void>('DELETE', `/customers/${id}/opt-out`),
  newPerson: (id: string, conversationId: string) =>
    request<NewPerson>('POST', `/customers/${id}/new-person`, { body: { conversationId } }),
  mergeCandidates: (id: string, search: string | null, signal?: AbortSignal) =>
    request<MergeCandidate[]>('GET', `/customers/${id}/merge-candidates${query({ search })}`, { signal }),
  mergePreview: (id: string, other: string, signal?: AbortSignal) =>
    request<MergePreview>('GET', `/customers/${id}/merge-preview${query({ with: other })}`, { signal }),
  merge: (id: string, customerId: string) =>
    request<CustomerProfile>('POST', `/customers/${id}/merges`, { body: { customerId } }),
  unmerge: (id: string, mergeId: string) => request<CustomerProfile>('DELETE', `/customers/${id}/merges/${mergeId}`),
  labels: (signal?: AbortSignal) => request<LabelView[]>('GET', '/labels', { signal }),
  addLabel: (body: CreateLabelBody) => request<LabelView>('POST', '/labels', { body }),
  editLabel: (id: string, body: EditLabelBody) => request<LabelView>('PATCH', `/labels/${id}`, { body }),
  setLabels: (id: string, body: SetLabelsBody) =>
    request<ConversationRow>('PUT', `/conversations/${id}/labels`, { body }),
  customerFields: (signal?: AbortSignal) => request<CustomerField[]>('GET', '/customer-fields', { signal }),
  addCustomerField: (body: CreateFieldBody) => request<CustomerField>('POST', '/customer-fields', { body }),
  editCustomerField: (id: string, body: EditFieldBody) =>
    request<CustomerField>('PATCH', `/customer-fields/${id}`, { body }),
  customerRules: (signal?: AbortSignal) => request<CustomerRules[]>('GET', '/customer-rules', { signal }),
  setCustomerRules: (accountId: string, verificationDays: number) =>
    request<CustomerRules>('PUT', `/customer-rules/${accountId}`, { body: { verificationDays } }),
  offers: (signal?: AbortSignal) => request<OfferView[]>('GET', '/offers', { signal }),
  acceptOffer: (id: string) => request<ConversationRow>('POST', `/offers/${id}/accept`),
  declineOffer: (id: string, body: DeclineBody) => request<void>('POST', `/offers/${id}/decline`, { body }),
  /** Every queue as everybody may know it. */
  myQueues: (signal?: AbortSignal) => request<string[]>('GET', '/queues/mine', { signal }),
  myState: (signal?: AbortSignal) => request<AgentStateView>('GET', '/agents/me/state', { signal }),
  setMyState: (body: SetAgentStateBody) => request<AgentStateView>('PUT', '/agents/me/state', { body }),
  resume: () => request<AgentStateView>('POST', '/agents/me/state/resume'),
  agentStates: (signal?: AbortSignal) => request<AgentStateView[]>('GET', '/agents/states', { signal }),
  setAgentState: (id: string, body: SetAgentStateBody) =>
    request<AgentStateView>('PUT', `/agents/${id}/state`, { body }),
  /** Only for those who manage agents. */
  staff: () => request<AgentView[]>('GET', '/agents'),
  editAgent: (id: string, body: EditAgentBody) => request<AgentView>('PATCH', `/agents/${id}`, { body }),
  skills: () => request<SkillView[]>('GET', '/skills'),
  addSkill: (body: SkillBody) => request<SkillView>('POST', '/skills', { body }),
  renameSkill: (id: string, body: SkillBody) => request<SkillView>('PATCH', `/skills/${id}`, { body }),
  removeSkill: (id: string) => request<void>('DELETE', `/skills/${id}`),
  preferences: () => request<AgentPreferences>('GET', '/agents/me/preferences'),
  setPreferences: (body: AgentPreferences) => request<AgentPreferences>('PATCH', '/agents/me/preferences', { body }),
  /** Those who manage agents also see the ones who have left. */
  agents: async () =>
    (await request<(AgentSummary & { active?: boolean })[]>('GET', '/agents')).filter(({ active }) => active !== false),

  release: (body: ReleaseBody) => request<ReleaseResult>('POST', '/agents/me/release', { body }),
  accounts: () => request<AccountView[]>('GET', '/accounts'),
  queues: (signal?: AbortSignal) => request<QueueSummary[]>('GET', '/queues', { signal }),
  /** Only for those who manage queues, and so are the ones below. */
  queue: (id: string, signal?: AbortSignal) =>
    request<QueueView>('GET', `/queues/${encodeURIComponent(id)}`, { signal }),
  addQueue: (body: CreateQueueBody) => request<QueueView>('POST', '/queues', { body }),
  editQueue: (id: string, body: EditQueueBody) => request<QueueView>('PATCH', `/queues/${id}`, { body }),
  upload: (id: string) => request<UploadView>('GET', `/uploads/${id}`),
  dropUpload: (id: string) => request<void>('DELETE', `/uploads/${id}`),
  removeQueue: (id: string) => request<void>('DELETE', `/queues/${id}`),
  previewQueue: (id: string, body: EditQueueBody) => request<QueuePreview>('POST', `/queues/${id}/preview`, { body }),
  queuesOfAgent: (id: string, signal?: AbortSignal) =>
    request<QueueMembership[]>('GET', `/agents/${id}/queues`, { signal }),
  setQueuesOfAgent: (id: string, memberships: QueueMembership[]) =>
    request<QueueMembership[]>('PUT', `/agents/${id}/queues`, { body: { memberships } }),
};
