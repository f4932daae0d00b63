import { Module } from '@nestjs/common';
import { AgentsModule } from '#libs/agents/index.js';
import { ConversationsModule } from '#libs/conversations/index.js';
import { Absences } from './absences.js';
import { AgentQueuesController } from './agent-queues.controller.js';
import { Awakenings } from './awakenings.js';
import { ContactActs } from './contact-acts.js';
import { ContactsController } from './contacts.controller.js';
import { CustomerTexts } from './customer-texts.js';
import { Deadlines } from './deadlines.js';
import { DecisionBook } from './decision-book.js';
import { Decisions } from './decisions.service.js';
import { Engine } from './engine.js';
import { Intake } from './intake.js';
import { Matcher } from './matcher.js';
import { Memberships } from './memberships.service.js';
import { Movements } from './movements.js';
import { OfferRows } from './offer-rows.js';
import { OffersController } from './offers.controller.js';
import { Offers } from './offers.service.js';
import { QueuePreviews } from './queue-preview.js';
import { QueueStore } from './queue-store.js';
import { QueueSummaries } from './queue-summaries.js';
import { QueuesController } from './queues.controller.js';
import { Queues } from './queues.service.js';
import { Releases } from './releases.service.js';
import { RoutingGuard } from './routing-guard.js';
import { RoutingNews } from './routing-news.js';
import { SeatReader } from './seat-reader.js';
import { Signals } from './signals.js';
import { Sweep } from './sweep.js';
import { Transfers } from './transfers.js';

@Module({
  imports: [AgentsModule, ConversationsModule],
  controllers: [QueuesController, OffersController, ContactsController, AgentQueuesController],
  providers: [
    Absences,
    Awakenings,
    ContactActs,
    CustomerTexts,
    Deadlines,
    DecisionBook,
    Decisions,
    Engine,
    Intake,
    Matcher,
    Memberships,
    Movements,
    OfferRows,
    Offers,
    QueuePreviews,
    QueueStore,
    QueueSummaries,
    Queues,
    Releases,
    RoutingGuard,
    RoutingNews,
    SeatReader,
    Signals,
    Sweep,
    Transfers,
  ],
  exports: [Decisions, Engine, Queues, QueueStore, QueueSummaries],
})
export class RoutingModule {}
