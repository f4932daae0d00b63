import type { FlowDocument } from '#libs/contracts/index.js';

/** A small form: two questions and a look at the answers. */
export const returns: FlowDocument = {
  language: 'ja',
  starts: ['返品'],
  greeting: null,
  steps: [
    {
      id: 'order',
      label: '注文番号',
      ask: '注文番号を教えてください。',
      wrong: '注文番号を読み取れませんでした。',
      optional: false,
      kind: 'code',
      forms: ['AA-999999'],
    },
    {
      id: 'why',
      label: '理由',
      ask: '理由をお選びください。',
      wrong: '下の選択肢からお選びください。',
      optional: false,
      kind: 'choice',
      choices: [{ label: '不良品' }, { label: 'サイズ違い' }],
    },
  ],
  confirm: true,
  end: { do: 'handOff', summary: '返品のお申し込み', queueId: null },
  stopped: '手続きを中止しました。',
};
