export { authorOf } from './author.js';
export { CannedResponses } from './canned/canned.service.js';
export { ContactFlow } from './contacts/contact-flow.js';
export { ContactGuards, type Actor, type ContactGuard, type Handing, type Move } from './contacts/contact-guard.js';
export { ContactLines } from './contacts/contact-lines.js';
export { ContactWriter, type ContactPatch, type EntryWords } from './contacts/contact-writer.js';
export type { StoredState } from './contacts/contact-states.js';
export { BotFacts } from './contacts/bot-facts.js';
export { HandsNews } from './contacts/hands-news.js';
export { TypingSigns } from './threads/typing-signs.js';
export { isFormer } from './customers/address-key.js';
export { BotIntake } from './intake/bot-intake.js';
export { TextContentDto, WrapUpDto } from './conversations.dto.js';
export { numbersAt } from './conversation-news.js';
export { Conversations } from './conversations.service.js';
export { ConversationsModule } from './conversations.module.js';
export { conversationsSchema } from './conversations.schema.js';
export { CustomerFields } from './customers/fields.service.js';
export { Labels } from './customers/labels.service.js';
export { CustomerWords, type Word } from './customers/customer-words.js';
export { maskedCustomer, maskedRow, numbersFor, type Numbers } from './customers/numbers.js';
export { ForbiddenWords } from './forbidden/forbidden-words.service.js';
export { Inbox } from './intake/inbox.js';
export { Posting, textFaults, type Author, type Posted } from './threads/posting.js';
export { SearchPool } from './search/search-pool.js';
export { SearchFollower } from './search/search-follower.js';
export { SystemMessages } from './threads/system-messages.js';
export { TeamQueues } from './contacts/team-queues.js';
export { selectThreadRows, toConversationRow, type Thread, type ThreadRow } from './threads/thread-row.js';
export { storable, storableMessage } from './threads/text-rules.js';
export { ThreadWriter } from './threads/thread-writer.js';
export {
  SETTLE,
  WaitingRoom,
  type Arrival,
  type DueContact,
  type Place,
  type WaitingRow,
} from './contacts/waiting-room.js';
