import type { Handset } from './handset.js';

export type HandsetSeed = Partial<Handset> & { msisdn: string };

/** The customers of a first start: the fourth hides read marks, the fifth is on a line without +Message. */
export const demoHandsets: HandsetSeed[] = [
  { msisdn: '+819000000001', name: '山田 花子', carrier: 'docomo' },
  { msisdn: '+819000000002', name: '佐藤 健', carrier: 'au' },
  { msisdn: '+819000000003', name: '鈴木 美咲', carrier: 'softbank' },
  { msisdn: '+819000000004', name: '田中 一郎', carrier: 'docomo', receipts: false },
  { msisdn: '+819000000005', name: '伊藤 葵', carrier: 'rakuten', plusMessage: false },
];
