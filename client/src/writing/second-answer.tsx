import { later } from '../console/later.js';
import type { SendCheck } from '../conversations/composer/send-check.js';
import { attachments, conversations, drafts, queryClient, typing } from '../desk.js';
import { sessionOf } from '../session/session.js';
import type { SecondAnswerProps } from './second-answer-dialog.js';

const SecondAnswerDialog = later<SecondAnswerProps>(() =>
  import('./second-answer-dialog.js').then((module) => module.SecondAnswerDialog),
);

/** A colleague has answered since this reply was begun, or is writing one right now. */
export const secondAnswer: SendCheck = async ({ conversationId, tab, detail }, ask) => {
  if (tab !== 'reply') return true;
  const me = sessionOf(queryClient)?.agent.id;
  const thread = conversations.threads.get(conversationId);
  // Words and what hangs above them may have been begun at different times: the oldest counts.
  const begun = [drafts.get(conversationId), ...attachments.hangingIn(conversationId)].map((each) => each.answering);
  const answering = begun.reduce((oldest, each) => (each === null || (oldest ?? each) < each ? oldest : each), null);
  const theirs =
    answering === null
      ? undefined
      : thread?.messages.findLast(
          ({ kind, author, seq, delivery }) =>
            kind === 'message' &&
            author.kind === 'agent' &&
            author.id !== me &&
            seq > answering &&
            delivery?.state !== 'cancelled',
        );
  const writer = typing.in(conversationId).find(({ kind, id }) => kind === 'agent' && id !== me);
  if (!theirs && !writer) return true;
  const go = await ask<boolean>((answer) => (
    <SecondAnswerDialog theirs={theirs} writer={writer?.name ?? null} onAnswer={answer} onClose={() => answer(false)} />
  ));
  if (go) {
    const seen = thread?.lastSeq ?? detail.conversation.lastSeq;
    drafts.answer(conversationId, seen);
    attachments.answer(conversationId, seen);
  }
  return go;
};
