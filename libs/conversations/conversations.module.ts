import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { AgentsModule } from '#libs/agents/index.js';
import { CarrierModule } from '#libs/carrier/index.js';
import { Aliases } from './customers/aliases.js';
import { CannedController } from './canned/canned.controller.js';
import { CannedImports } from './canned/canned-import.js';
import { CannedNews } from './canned/canned-news.js';
import { CannedResponses } from './canned/canned.service.js';
import { BotFacts } from './contacts/bot-facts.js';
import { ContactFlow } from './contacts/contact-flow.js';
import { ContactGuards } from './contacts/contact-guard.js';
import { ContactLines } from './contacts/contact-lines.js';
import { ContactWriter } from './contacts/contact-writer.js';
import { ConversationList } from './lists/conversation-list.js';
import { HandsNews } from './contacts/hands-news.js';
import { PressOrigins } from './intake/press-origins.js';
import { ConversationNews } from './conversation-news.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsGateway } from './conversations.gateway.js';
import { Conversations } from './conversations.service.js';
import { CustomerWords } from './customers/customer-words.js';
import { Blocked } from './customers/blocked.js';
import { Candidates } from './customers/candidates.service.js';
import { CatalogueNews } from './customers/catalogue-news.js';
import { CustomersController } from './customers/customers.controller.js';
import { CustomerFieldsController } from './customers/fields.controller.js';
import { CustomerFields } from './customers/fields.service.js';
import { LabelsController } from './customers/labels.controller.js';
import { Labels } from './customers/labels.service.js';
import { Merges } from './customers/merges.service.js';
import { CustomerPast } from './customers/past.service.js';
import { People } from './customers/people.js';
import { Profiles } from './customers/profiles.service.js';
import { CustomerStanding } from './customers/standing.service.js';
import { Delivery } from './delivery/delivery.js';
import { DeliveryOrders } from './delivery/delivery-orders.js';
import { ForbiddenWordsController } from './forbidden/forbidden-words.controller.js';
import { ForbiddenWords } from './forbidden/forbidden-words.service.js';
import { DraftNews } from './drafts/draft-news.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { Drafts } from './drafts/drafts.service.js';
import { BotIntake } from './intake/bot-intake.js';
import { InboxBatch } from './intake/inbox-batch.js';
import { Inbox } from './intake/inbox.js';
import { ListChanges } from './lists/list-changes.js';
import { CarrierFiles } from './media/carrier-files.js';
import { FileCheck } from './media/file-check.js';
import { LinkedMediaDoor } from './media/linked-media-door.js';
import { MediaCleaning } from './media/media-cleaning.js';
import { MediaController } from './media/media.controller.js';
import { MediaCopies } from './media/media-copies.js';
import { MediaLinks } from './media/media-links.js';
import { Outgoing } from './media/outgoing.js';
import { StickersController } from './media/stickers.controller.js';
import { Stickers } from './media/stickers.js';
import { UploadsController } from './media/uploads.controller.js';
import { Uploads } from './media/uploads.service.js';
import { UnmaskingController } from './masking/unmasking.controller.js';
import { MessagesController } from './threads/messages.controller.js';
import { NotificationNews } from './notes/notification-news.js';
import { NotificationsController } from './notes/notifications.controller.js';
import { Notifications } from './notes/notifications.service.js';
import { Readers } from './notes/readers.service.js';
import { Posting } from './threads/posting.js';
import { Reading } from './threads/reading.js';
import { Receipts } from './intake/receipts.js';
import { CustomerSearch } from './search/customer-search.js';
import { MessageSearch } from './search/message-search.js';
import { SearchController } from './search/search.controller.js';
import { SearchFollower } from './search/search-follower.js';
import { SearchPool } from './search/search-pool.js';
import { Search } from './search/search.service.js';
import { SystemMessages } from './threads/system-messages.js';
import { TeamQueues } from './contacts/team-queues.js';
import { ThreadWriter } from './threads/thread-writer.js';
import { TypingSigns } from './threads/typing-signs.js';
import { ViewingGateway } from './viewing/viewing.gateway.js';
import { SavedViewsController } from './views/saved-views.controller.js';
import { SavedViews } from './views/saved-views.service.js';
import { WaitingRoom } from './contacts/waiting-room.js';

@Module({
  imports: [AccountsModule, AgentsModule, CarrierModule],
  controllers: [
    ConversationsController,
    MessagesController,
    CustomersController,
    CustomerFieldsController,
    LabelsController,
    MediaController,
    StickersController,
    UploadsController,
    CannedController,
    ForbiddenWordsController,
    UnmaskingController,
    DraftsController,
    NotificationsController,
    SearchController,
    SavedViewsController,
  ],
  providers: [
    Aliases,
    Blocked,
    BotFacts,
    BotIntake,
    Candidates,
    CatalogueNews,
    CarrierFiles,
    CannedImports,
    CannedNews,
    CannedResponses,
    ContactFlow,
    ContactGuards,
    ContactLines,
    ContactWriter,
    ConversationList,
    ConversationNews,
    Conversations,
    ConversationsGateway,
    CustomerFields,
    CustomerPast,
    CustomerStanding,
    CustomerSearch,
    CustomerWords,
    Delivery,
    DeliveryOrders,
    FileCheck,
    ForbiddenWords,
    HandsNews,
    PressOrigins,
    DraftNews,
    Drafts,
    Inbox,
    InboxBatch,
    Labels,
    LinkedMediaDoor,
    ListChanges,
    MediaCleaning,
    MediaCopies,
    MediaLinks,
    Merges,
    MessageSearch,
    Outgoing,
    NotificationNews,
    Notifications,
    People,
    Posting,
    Profiles,
    Readers,
    Reading,
    Receipts,
    SavedViews,
    Search,
    SearchFollower,
    SearchPool,
    Stickers,
    SystemMessages,
    TeamQueues,
    ThreadWriter,
    TypingSigns,
    Uploads,
    ViewingGateway,
    WaitingRoom,
  ],
  exports: [
    BotFacts,
    BotIntake,
    HandsNews,
    CannedResponses,
    ContactFlow,
    ContactGuards,
    ContactLines,
    ContactWriter,
    Conversations,
    CustomerFields,
    CustomerWords,
    ForbiddenWords,
    Inbox,
    Labels,
    Posting,
    SystemMessages,
    TeamQueues,
    ThreadWriter,
    TypingSigns,
    WaitingRoom,
  ],
})
export class ConversationsModule {}
