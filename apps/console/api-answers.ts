import { errorCodes, type ErrorCode } from '#libs/contracts/index.js';
import { anyOf, id, listOf, type Schema } from './api-schema.js';
import { view } from './api-views.js';

export interface Answers {
  /** By status; null has no body, `file` is no JSON. */
  good: Record<number, Schema | 'file' | null>;
  /** Besides the faults that follow from the route itself. */
  faults?: Record<number, ErrorCode[]>;
}

const { badRows, forbiddenWord, textTooLong } = errorCodes;
const { alreadyAnswered, alreadyAssigned, conflict, notAssignee, notFound, notRetryable, notRevocable } = errorCodes;
const { contactClosed, notAvailable, offerEnded, overCapacity, queueInUse, wrongState } = errorCodes;
const row: Answers['good'] = { 200: view('ConversationRow') };
const once = (schema: Schema): Answers['good'] => ({ 200: schema, 201: schema });

/** What each operation answers, by operationId. */
export const answers: Record<string, Answers> = {
  AccountsController_list: { good: { 200: listOf(view('AccountView')) } },
  AccountsController_create: { good: { 201: view('AccountView') } },
  AccountsController_edit: { good: { 200: view('AccountView') } },
  AccountsController_addConnection: { good: { 201: view('ConnectionView') } },
  AccountsController_editConnection: { good: { 200: view('ConnectionView') } },
  AgentQueuesController_release: { good: { 200: view('ReleaseResult') } },
  AgentQueuesController_of: { good: { 200: listOf(view('QueueMembership')) } },
  AgentQueuesController_set: { good: { 200: listOf(view('QueueMembership')) } },
  AgentStatesController_list: { good: { 200: listOf(view('AgentStateView')) } },
  AgentStatesController_mine: { good: { 200: view('AgentStateView') } },
  AgentStatesController_choose: { good: { 200: view('AgentStateView') } },
  AgentStatesController_resume: { good: { 200: view('AgentStateView') } },
  AgentStatesController_steer: { good: { 200: view('AgentStateView') } },
  AgentsController_list: { good: { 200: anyOf(listOf(view('AgentView')), listOf(view('AgentSummary'))) } },
  AgentsController_create: { good: { 201: view('AgentView') }, faults: { 409: [conflict] } },
  AgentsController_edit: { good: { 200: view('AgentView') }, faults: { 409: [conflict] } },
  CannedController_book: { good: { 200: view('CannedBook') } },
  CannedController_create: { good: { 201: view('CannedResponse') }, faults: { 400: [textTooLong], 409: [conflict] } },
  CannedController_edit: { good: { 200: view('CannedResponse') }, faults: { 400: [textTooLong], 409: [conflict] } },
  CannedController_export: { good: { 200: 'file' } },
  CannedController_import: { good: { 200: view('CannedImport') }, faults: { 400: [badRows], 409: [conflict] } },
  CannedController_remove: { good: { 204: null } },
  CannedController_restore: { good: { 200: view('CannedResponse') }, faults: { 409: [conflict] } },
  CannedController_used: { good: { 204: null } },
  ForbiddenWordsController_list: { good: { 200: listOf(view('ForbiddenWord')) } },
  ForbiddenWordsController_create: { good: { 201: view('ForbiddenWord') }, faults: { 409: [conflict] } },
  ForbiddenWordsController_edit: { good: { 200: view('ForbiddenWord') }, faults: { 409: [conflict] } },
  ForbiddenWordsController_remove: { good: { 204: null } },
  ConversationsController_list: { good: { 200: view('ConversationPage') } },
  ConversationsController_counts: { good: { 200: view('ViewCounts') } },
  ConversationsController_changes: { good: { 200: view('ConversationChanges') } },
  ConversationsController_start: { good: once(view('ConversationDetail')), faults: { 404: [notFound] } },
  ConversationsController_detail: { good: { 200: view('ConversationDetail') } },
  ConversationsController_read: { good: { 200: view('ConversationRow') }, faults: { 409: [notAssignee] } },
  ConversationsController_assign: { good: row, faults: { 409: [alreadyAssigned, overCapacity, notAvailable] } },
  ConversationsController_close: { good: { 200: view('ConversationRow') } },
  ConversationsController_reachability: { good: { 200: view('Reachability') } },
  ContactsController_transfer: {
    good: row,
    faults: { 409: [contactClosed, wrongState, notAvailable, overCapacity] },
  },
  ContactsController_cancel: { good: row, faults: { 409: [contactClosed, wrongState] } },
  ContactsController_hold: { good: row, faults: { 409: [contactClosed, notAssignee, wrongState] } },
  ContactsController_resume: { good: row, faults: { 409: [contactClosed, notAssignee, wrongState] } },
  ContactsController_snooze: { good: row, faults: { 409: [contactClosed, notAssignee, wrongState] } },
  ContactsController_done: { good: row, faults: { 409: [contactClosed, notAssignee, wrongState] } },
  ContactsController_prioritise: { good: row, faults: { 409: [contactClosed] } },
  ContactsController_why: { good: { 200: listOf(view('DecisionView')) } },
  CustomersController_edit: { good: { 200: view('CustomerView') } },
  DraftsController_list: { good: { 200: listOf(view('DraftSummary')) } },
  DraftsController_save: { good: { 204: null } },
  NotificationsController_page: { good: { 200: view('NotificationPage') } },
  NotificationsController_read: { good: { 204: null } },
  NotificationsController_whoReads: { good: { 200: listOf(view('AgentSummary')) } },
  MediaController_get: { good: { 200: 'file' } },
  MessagesController_page: { good: { 200: view('MessagePage') } },
  MessagesController_post: {
    good: once(view('MessageView')),
    faults: { 400: [forbiddenWord], 409: [alreadyAssigned, alreadyAnswered] },
  },
  MessagesController_note: { good: once(view('MessageView')) },
  MessagesController_retry: {
    good: { 200: view('MessageView') },
    faults: { 409: [alreadyAssigned, notRetryable] },
  },
  MessagesController_revoke: {
    good: { 200: view('MessageView') },
    faults: { 409: [alreadyAssigned, notRevocable] },
  },
  SavedViewsController_list: { good: { 200: listOf(view('SavedView')) } },
  SavedViewsController_create: { good: { 201: view('SavedView') }, faults: { 409: [conflict] } },
  SavedViewsController_arrange: { good: { 200: listOf(view('SavedView')) } },
  SavedViewsController_edit: { good: { 200: view('SavedView') } },
  SavedViewsController_remove: { good: { 204: null } },
  SearchController_find: {
    good: { 200: view('SearchAnswer') },
    faults: { 409: [errorCodes.searchSuperseded], 503: [errorCodes.busy] },
  },
  UnmaskingController_show: { good: { 200: view('UnmaskedMessage') } },
  SkillsController_list: { good: { 200: listOf(view('SkillView')) } },
  SkillsController_create: { good: { 201: view('SkillView') }, faults: { 409: [conflict] } },
  SkillsController_rename: { good: { 200: view('SkillView') }, faults: { 409: [conflict] } },
  SkillsController_remove: { good: { 204: null }, faults: { 409: [conflict] } },
  OffersController_open: { good: { 200: listOf(view('OfferView')) } },
  OffersController_accept: { good: row, faults: { 409: [offerEnded] } },
  OffersController_decline: { good: { 204: null }, faults: { 409: [offerEnded] } },
  QueuesController_list: { good: { 200: listOf(view('QueueSummary')) } },
  QueuesController_mine: { good: { 200: listOf(id) } },
  QueuesController_view: { good: { 200: view('QueueView') } },
  QueuesController_create: { good: { 201: view('QueueView') }, faults: { 409: [conflict] } },
  QueuesController_edit: { good: { 200: view('QueueView') }, faults: { 409: [conflict] } },
  QueuesController_remove: { good: { 204: null }, faults: { 409: [queueInUse] } },
  QueuesController_preview: { good: { 200: view('QueuePreview') } },
  SessionController_open: {
    good: { 200: view('SessionView') },
    faults: { 401: [errorCodes.wrongCredentials], 429: [errorCodes.tooManyAttempts] },
  },
  SessionController_show: { good: { 200: view('SessionView') } },
  SessionController_end: { good: { 204: null } },
};
