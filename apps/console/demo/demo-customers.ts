import { CustomerFields, Labels, type Author } from '#libs/conversations/index.js';
import type { CreateFieldBody, CreateLabelBody } from '#libs/contracts/index.js';
import type { Console } from '../console.js';

const labels: Pick<CreateLabelBody, 'name' | 'color'>[] = [
  { name: '至急', color: 'red' },
  { name: '返金', color: 'orange' },
  { name: '団体旅行', color: 'purple' },
  { name: '要折り返し', color: 'blue' },
];

const fields: Omit<CreateFieldBody, 'accountId'>[] = [
  { key: 'member_no', label: '会員番号', kind: 'text' },
  { key: 'rank', label: '会員ランク', kind: 'choice', choices: ['ゴールド', 'シルバー', '一般'] },
  { key: 'points', label: 'ポイント', kind: 'number' },
  { key: 'birthday', label: '生年月日', kind: 'date' },
];

/** What the demo's account keeps of its customers. */
export async function makeCustomerCatalogue(app: Console['app'], author: Author, accountId: string): Promise<void> {
  for (const label of labels) await app.get(Labels).create(author, { ...label, accountId });
  for (const field of fields) await app.get(CustomerFields).create(author, { ...field, accountId });
}
