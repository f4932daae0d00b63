import { FlowBots } from './flows/flow-bots.js';
import { FlowsController } from './flows/flows.controller.js';
import { Flows } from './flows/flows.service.js';
import { AwaitedAnswers } from './http/awaited-answers.js';
import { BotDoorController } from './http/bot-door.controller.js';
import { BotTokens } from './http/bot-tokens.js';
import { HttpBots } from './http/http-bots.js';
import { KnowledgeSources } from './knowledge.js';
import { FaqForModels } from './openai/faq-for-models.js';
import { OpenAiBots } from './openai/openai-bots.js';
import { RecordedTurns } from './replays/recorded-turns.js';
import { ReplayPlayer } from './replays/replay-player.js';
import { ReplaysController } from './replays/replays.controller.js';
import { Replays } from './replays/replays.service.js';

/** Bots that are no modules of the console, and what tries bots out. */
export const doors = [
  AwaitedAnswers,
  BotTokens,
  FaqForModels,
  FlowBots,
  Flows,
  HttpBots,
  KnowledgeSources,
  OpenAiBots,
  RecordedTurns,
  ReplayPlayer,
  Replays,
];
export const doorControllers = [BotDoorController, FlowsController, ReplaysController];
