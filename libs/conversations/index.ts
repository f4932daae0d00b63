export { Inbox } from './inbox.js';
export { ConversationsModule } from './conversations.module.js';
export { conversationsSchema } from './conversations.schema.js';
export { Conversations } from './conversations.service.js';
export { Posting, type Author, type Posted } from './posting.js';
