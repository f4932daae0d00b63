import { Injectable } from '@nestjs/common';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '#libs/bots/index.js';
import type { BotAnswer, BotIdea, BotTurn } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Composition } from './composition.js';
import type { ConsoleWindow } from './console-window.js';
import { looks } from './looks.js';
import { Office } from './office.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

/** Knows luggage, takes an order number down, and leaves everything else to people. */
@Injectable()
class GuideBot implements Bot {
  readonly key = 'guide';
  readonly name = '案内ボット';

  answer({ said }: BotTurn): Promise<BotAnswer> {
    const words = said
      .map((each) => (each.type === 'text' ? each.text : each.type === 'press' ? each.label : ''))
      .join(' ');
    if (words.includes('荷物')) {
      const suggestions = ['預け荷物', '変更したい'].map((label) => ({
        kind: 'reply' as const,
        label,
        payload: label,
      }));
      return Promise.resolve({
        steps: [{ do: 'ask', text: '手荷物は1個まで無料です。ほかにご用件はありますか。', suggestions }],
      });
    }
    if (words.includes('変更')) {
      return Promise.resolve({
        steps: [
          { do: 'say', text: '予約番号 HT-20931 を確認しました。' },
          {
            do: 'handOff',
            reason: 'rule',
            summary: '7月3日の便を翌日に変更したい',
            fields: [
              { label: '予約番号', value: 'HT-20931' },
              { label: '希望日', value: '7月4日' },
            ],
          },
        ],
      });
    }
    return Promise.resolve({ steps: [{ do: 'say', text: 'ご用件をお書きください。' }] });
  }

  ideas(): Promise<BotIdea[]> {
    return Promise.resolve([
      { text: '7月4日の同じ便に空きがございます。変更の手数料はかかりません。', source: '便の変更' },
      { text: '変更は出発の8日前まで承ります。', source: '変更の期限' },
    ]);
  }
}

let office: Office;
let aoi: AgentDesk;
let boss: AgentDesk;

beforeAll(async () => {
  office = await Office.open([GuideBot]);
  aoi = await office.agent({ name: '高橋 葵' });
  boss = await office.agent({ name: '小林 美穂', role: 'supervisor' });
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

async function barriers({ page }: ConsoleWindow, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.target.join(' ')}`);
}

async function picture({ page }: ConsoleWindow, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

const top = async (window: ConsoleWindow, testId: string): Promise<number> =>
  Math.round((await window.get(testId).boundingBox())!.y);

describe('a bot answers first', () => {
  it('is put on duty by one press, and its order and words are kept', async () => {
    const window = await office.window(boss, { path: '/admin/bots', ready: false });
    // Beside the console's own, which nobody has put on duty either.
    await window.get('place-bot').filter({ hasText: 'よくある質問' }).waitFor();
    await picture(window, 'admin-empty');
    await window.get('place-bot').filter({ hasText: '案内ボット' }).click();
    await window.get('placed-bot').filter({ hasText: '案内ボット' }).waitFor();
    await window.get('hand-off-words').fill('相談員、スタッフ');
    await window.get('save-words').click();
    await window.comesToShow(() => window.get('save-words').isEnabled(), false);
    const desks = (await boss.send('GET', '/api/bots/accounts')).body as unknown as object[];
    expect(desks).toMatchObject([{ words: ['相談員', 'スタッフ'], botIds: [expect.any(String)] }]);
    expect(await barriers(window, 'bots')).toEqual([]);
    expect(window.faults).toEqual([]);
  });

  it('then its list, the hand-off with what it learned, ideas, and back to it', async () => {
    const window = await office.window(aoi, { path: '/?view=bot' });
    const customer = await office.customer();
    const handset = await office.handset(customer);
    await handset.writes('荷物は何個までですか');
    await handset.bubble('手荷物は1個まで', 'bot').waitFor();
    const row = window.page.getByTestId('conversation-row');
    await row.filter({ hasText: '案内ボット' }).waitFor();
    const id = (await row.getAttribute('data-conversation-id'))!;
    await window.comesToShow(() => window.get('count-bot').innerText(), '1');
    await window.opens(id);
    await window.get('bot-gate').waitFor();
    expect(await window.get('bot-face').count()).toBeGreaterThan(0);
    await picture(window, 'with-bot');

    // While she looks on nothing is folded under her eyes; the row leaves by itself.
    await customer.presses('変更したい', '変更したい');
    await window.comesToShow(() => window.get('count-unassigned').innerText(), '1');
    await window.comesToShow(() => row.count(), 0);
    await window.message('手荷物は1個まで').waitFor();
    await window.goes(`/c/${id}?view=unassigned`);
    await window.isOpen(id);
    await window.get('bot-fold').waitFor();
    expect(await window.get('bot-fold').getAttribute('data-count')).toBe('2');
    expect(await window.message('手荷物は1個まで').count()).toBe(0);
    await window.message('変更したい').first().waitFor();
    expect(await window.get('hand-off-summary').innerText()).toBe('7月3日の便を翌日に変更したい');
    await picture(window, 'handed-off');

    const before = await top(window, 'bot-fold');
    await window.page.keyboard.press('f');
    await window.message('手荷物は1個まで').waitFor();
    expect(await top(window, 'bot-fold')).toBe(before);
    await picture(window, 'fold-open');
    expect(await barriers(window, 'handed off')).toEqual([]);
    await window.get('bot-fold').click();
    await window.comesToShow(() => window.message('手荷物は1個まで').count(), 0);
    expect(await top(window, 'bot-fold')).toBe(before);

    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.get('hand-off-field').first().click();
    await window.comesToShow(() => window.page.evaluate(() => navigator.clipboard.readText()), 'HT-20931');

    await window.get('take').click();
    await window.field.waitFor();
    await window.field.focus();
    const keys = await Composition.begin(window, 'しょうしょう');
    await keys.press('b', 229);
    await window.get('ideas-tool').click();
    expect(await window.get('ideas').count()).toBe(0);
    await keys.commit('少々お待ちください。');
    await window.page.keyboard.press('Control+Alt+b');
    await window.get('idea').first().waitFor();
    await picture(window, 'ideas');
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('ArrowUp');
    await window.page.keyboard.press('Enter');
    const written = '少々お待ちください。\n7月4日の同じ便に空きがございます。変更の手数料はかかりません。';
    await window.comesToShow(() => window.field.inputValue(), written);
    expect((await customer.sees()).filter(({ content }) => content.text === written)).toEqual([]);
    await window.field.press('Control+Enter');
    await handset.bubble('変更の手数料はかかりません', 'bot').waitFor();

    await window.get('more').click();
    await window.get('return-to-bot').click();
    await window.get('return-confirm').waitFor();
    await picture(window, 'return');
    await window.get('return-confirm').click();
    await window.get('bot-gate').waitFor();
    await handset.writes('ありがとう');
    await window.message('ご用件をお書きください。').waitFor();
    await window.writes('ここからは高橋がご案内します。');
    await handset.bubble('高橋がご案内します', 'bot').waitFor();
    await window.comesToShow(() => window.get('bot-gate').count(), 0);
    expect((await aoi.detail(id)).conversation.contact?.assignee?.id).toBe(aoi.view.id);
    expect(window.faults).toEqual([]);
  });

  it.each(looks)('looks right at the %s in %s, %s', async (where, locale, colorScheme, viewport) => {
    const { customer, id } = await office.caller(aoi, '荷物について');
    await customer.received(1);
    await customer.writes('変更をお願いします');
    await customer.received(2);
    const preferences = { locale };
    const options = { preferences, colorScheme, viewport, path: `/c/${id}?view=unassigned`, ready: false };
    const window = await office.window(aoi, options);
    await window.isOpen(id);
    await window.get('hand-off').waitFor();
    if (where === 'phone') await window.get('hand-off-open').click();
    await window.get('hand-off-summary').waitFor();
    await picture(window, `look-${where}-${locale}-${colorScheme}`);
    expect(await barriers(window, `${where} ${locale}`)).toEqual([]);
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await window.goes('/?view=bot');
    await window.ready();
    await picture(window, `list-${where}-${locale}-${colorScheme}`);
    expect(await barriers(window, `${where} ${locale} list`)).toEqual([]);
    const admin = await office.window(boss, { ...options, path: '/admin/bots' });
    await admin.get('bot').filter({ hasText: '案内ボット' }).getByTestId('bot-turns-open').click();
    await admin.get('bot-turn').first().waitFor();
    await picture(admin, `admin-${where}-${locale}-${colorScheme}`);
    expect(await barriers(admin, `${where} ${locale} admin`)).toEqual([]);
    expect(await admin.overflow()).toBeLessThanOrEqual(0);
    expect([...window.faults, ...admin.faults]).toEqual([]);
  });
});
