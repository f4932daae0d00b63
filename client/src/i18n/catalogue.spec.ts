import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '#libs/contracts/index.js';
import { en } from './en.js';
import { ja } from './ja.js';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') texts.set(here, value);
    else for (const [inner, text] of flatten(value, here)) texts.set(inner, text);
  }
  return texts;
}

const japanese = flatten(ja as unknown as Tree);
const english = flatten(en as unknown as Tree);
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

const source = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));

const japaneseLetters = /[\u3040-\u30ff\u3400-\u9fff\uff01-\uff9f]/;

/** Words between tags, and in attributes that people see or hear. */
function literals(text: string): string[] {
  const code = withoutComments(text);
  const between = [...code.matchAll(/>([^<>{}()=;]*[A-Za-z]{2,}[^<>{}()=;]*)<\//g)].map((match) => match[1] ?? '');
  const spoken = [...code.matchAll(/\b(?:aria-label|title|placeholder|label|alt)="([^"]*[A-Za-z]{2,}[^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );
  return [...between, ...spoken].map((each) => each.trim()).filter((each) => each !== '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...japanese.keys()].sort());
  });

  it('have the same placeholders under every key', () => {
    for (const [key, text] of japanese)
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('leave no text empty', () => {
    for (const [key, text] of [...japanese, ...english]) expect(`${key}:${text.trim()}`).not.toBe(`${key}:`);
  });

  it('word every error code there is', () => {
    for (const code of Object.values(errorCodes)) expect(japanese.has(`errors.${code}`)).toBe(true);
  });

  it('speak of お客様, never of ユーザー', () => {
    for (const text of japanese.values()) expect(text).not.toMatch(/ユーザー/);
  });

  it('have no key that no screen uses', () => {
    const code = files
      .filter(({ name }) => !/^i18n\/(\w+\.)?(ja|en)\.ts$/.test(name))
      .map(({ text }) => text)
      .join('\n');
    const computed = [
      'errors',
      'reason',
      'role',
      'views',
      'order',
      'delivery',
      'activity',
      'connection',
      'agentState',
      'awayReason',
      'queues.part',
      'queues.fault',
      'queues.strategy',
      'queues.strategyHint',
      'queues.priority',
      'queues.weekday',
      'queues.weekdayShort',
      'queues.state',
      'queues.placeholder',
      'why',
      'signals',
      'tour',
      'keys.group',
      'keys.name',
      'keys.also',
      'settings.kind',
      'settings.said',
      'settings.fault',
      'settings.densityChoice',
      'settings.fontSizeChoice',
      'settings.quietFor',
      'media.stickerOf',
      'media.refusal',
      'media.inbound',
      'media.state',
      'finding.kinds',
      'finding.state',
      'finding.days',
      'finding.fault',
      'customers.identity',
      'customers.past.ended',
      'customers.admin.colors',
      'customers.admin.kinds',
      'customers.merge.why',
      'canned.scope',
      'canned.scopeOf',
      'canned.fault',
      'canned.buttonFault',
      'canned.rowFault',
      'canned.column',
      'canned.placeholder',
      'faq.tab',
      'faq.state',
      'faq.lang',
      'faq.fault',
      'faq.try.verdict',
      'faq.column',
      'flows.languages',
      'flows.ends',
      'flows.kind',
      'flows.field.spans',
      'flows.preview',
      'flows.save',
      'flows.fault',
      'replays.form',
      'replays.state',
      'replays.outcome',
      'bots.reason',
      'bots.kind',
      'bots.outcome',
    ];
    const unused = [...japanese.keys()].filter(
      (key) => !computed.some((words) => key.startsWith(`${words}.`)) && !code.includes(`'${key}'`),
    );
    expect(unused).toEqual([]);
  });
});

describe('the screens', () => {
  it('are looked through at all', () => {
    expect(literals('<b>Hello there</b>')).toEqual(['Hello there']);
    expect(literals('<i aria-label="Close it" />')).toEqual(['Close it']);
    expect(files.some(({ name }) => name.endsWith('.tsx'))).toBe(true);
  });

  it.each(files.filter(({ name }) => name.endsWith('.tsx')))(
    'take every text from the catalogues: $name',
    ({ text }) => {
      expect(literals(text)).toEqual([]);
      expect(withoutComments(text)).not.toMatch(japaneseLetters);
    },
  );
});
