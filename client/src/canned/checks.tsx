import { cardNumbersIn, forbiddenIn, type ForbiddenWord } from '#libs/contracts/index.js';
import { later } from '../console/later.js';
import type { SendCheck } from '../conversations/composer/send-check.js';
import { queryClient } from '../desk.js';
import { placeholdersIn } from './placeholders.js';
import { forbiddenQuery } from './queries.js';

const UnfilledDialog = later(() => import('./unfilled-dialog.js').then((module) => module.UnfilledDialog));
const WarningDialog = later(() => import('./warning-dialog.js').then((module) => module.WarningDialog));

/** `{お客様名}` is for us, never for the customer. */
export const unfilledCheck: SendCheck = ({ tab, text }, ask) => {
  const open = tab === 'reply' ? placeholdersIn(text) : [];
  if (open.length === 0) return true;
  return ask<boolean>((answer) => (
    <UnfilledDialog
      words={[...new Set(open.map(({ written }) => written))]}
      onSend={() => answer(true)}
      onClose={() => answer(false)}
    />
  ));
};

/** NGワード and card numbers, in one question. */
export const wordsCheck: SendCheck = async ({ tab, text, detail }, ask) => {
  if (tab !== 'reply' || text.trim() === '') return true;
  const words = await knownWords();
  const own = words.filter(({ accountId }) => accountId === detail.conversation.accountId);
  const hits = [...new Set(forbiddenIn(text, own).map(({ word }) => word))];
  const cards = cardNumbersIn(text).length;
  if (hits.length === 0 && cards === 0) return true;
  return ask<boolean>((answer) => (
    <WarningDialog words={hits} cards={cards} onSend={() => answer(true)} onClose={() => answer(false)} />
  ));
};

/** Without a line nobody is kept from writing: what must not leave is refused by the server as well. */
async function knownWords(): Promise<ForbiddenWord[]> {
  const query = forbiddenQuery();
  return (
    queryClient.getQueryData(query.queryKey) ??
    (await queryClient.fetchQuery({ ...query, retry: false }).catch(() => []))
  );
}
