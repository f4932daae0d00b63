const ja = {
  title: 'お客様の電話',
  subtitle: '+メッセージの端末を試す',
  account: '公式アカウント',
  noAccount: '公式アカウントがまだありません',
  noAccountHint: 'コンソールを起動すると、ここに公式アカウントが現れます。',
  search: '名前・番号で探す',
  add: '電話を追加',
  addTitle: '電話を追加する',
  number: '電話番号',
  numberHint: '例: 090-1234-5678',
  name: '名前（この画面だけで使います）',
  carrier: '通信会社',
  cancel: 'やめる',
  create: '追加する',
  more: (n) => `ほか ${n} 台。検索で絞り込めます。`,
  settings: (who) => `${who}の設定`,
  beside: (who) => `${who}を横に並べる`,
  closePhone: (who) => `${who}の電話を閉じる`,
  phoneOf: (who) => `${who}の電話`,
  plusMessage: '+メッセージの回線',
  receipts: '既読を知らせる',
  offline: '圏外',
  blocked: 'ブロック中',
  optedOut: '利用停止中',
  anonymous: '番号を隠す',
  unread: (n) => `未読 ${n} 件`,
  noPlus: '+メッセージなし',
  noReceipts: '既読を知らせない',
  badNumber: '電話番号を「090-1234-5678」または「+81…」の形で入力してください。',
  refusals: {
    not_plus_message: 'この回線では+メッセージを使えません。',
    blocked: 'ブロック中は送れません。',
    bad_request: 'この内容は送れません。',
    invalid: 'この内容は送れません。',
  },
  noMessages: 'まだメッセージはありません',
  you: 'あなた: ',
  picture: '写真',
  file: 'ファイル',
  voice: '音声',
  video: '動画',
  location: '位置情報',
  sticker: 'スタンプ',
  cards: 'カード',
  device: '端末情報を送りました',
  verified: '認証済み',
  thread: (who) => `${who}とのメッセージ`,
  input: 'メッセージを入力',
  send: '送信',
  attach: '写真や位置情報を送る',
  stickers: 'スタンプ',
  menu: '固定メニュー',
  choosePicture: '写真・ファイル',
  choosePlace: '位置情報',
  places: '送る場所を選んでください',
  suggestions: '返信の候補',
  start: '利用を開始する',
  startHint: '公式アカウントとのやりとりを始めます。',
  typing: '入力中',
  today: '今日',
  yesterday: '昨日',
  states: {
    waiting: '送信待ち',
    sent: '送信済み（未着）',
    delivered: '未読',
    read: '既読',
  },
  blockedNote: 'このアカウントをブロックしています。',
  unblock: '解除する',
  offlineNote: '圏外です。つながったときに送信されます。',
  noPlusNote: 'この回線では+メッセージを使えません。',
  optedOutNote: 'このアカウントの利用を停止しています。',
  resume: '再開する',
  noSignal: '圏外',
  dialed: (phone) => `${phone} に発信しました（お試しのため、つながりません）`,
  calendarAdded: (title) => `「${title}」を予定に追加しました`,
  composed: (phone) => `${phone} へのメッセージを開きました`,
  numberShown: '電話番号を知らせました',
  settingChanged: '既読を知らせるようにしました',
  tooLong: (n) => `2,730文字までです（いま ${n.toLocaleString()} 文字）`,
  failed: '送れませんでした',
  lost: 'シミュレーターにつながりません。つながり次第、続けます。',
  theme: '明るさを切り替える',
  language: 'English',
  emptyTitle: '電話を選んでください',
  emptyHint: '左の一覧から選ぶと、お客様の画面が開きます。3台まで並べられます。',
  newest: '最新へ',
  open: '開く',
};

const en = {
  title: 'Handsets',
  subtitle: 'Be a +Message customer',
  account: 'Official account',
  noAccount: 'There is no official account yet',
  noAccountHint: 'Start the console and its official account appears here.',
  search: 'Search name or number',
  add: 'Add a phone',
  addTitle: 'Add a phone',
  number: 'Phone number',
  numberHint: 'e.g. 090-1234-5678',
  name: 'Name (used on this page only)',
  carrier: 'Carrier',
  cancel: 'Cancel',
  create: 'Add',
  more: (n) => `${n} more. Search to narrow them down.`,
  settings: (who) => `Settings of ${who}`,
  beside: (who) => `Put ${who} beside`,
  closePhone: (who) => `Close the phone of ${who}`,
  phoneOf: (who) => `Phone of ${who}`,
  plusMessage: '+Message line',
  receipts: 'Read receipts',
  offline: 'No signal',
  blocked: 'Blocked',
  optedOut: 'Opted out',
  anonymous: 'Hide number',
  unread: (n) => `${n} unread`,
  noPlus: 'No +Message',
  noReceipts: 'Hides read marks',
  badNumber: 'Write the number as 090-1234-5678 or +81….',
  refusals: {
    not_plus_message: 'This line cannot use +Message.',
    blocked: 'Nothing can be sent while the account is blocked.',
    bad_request: 'This cannot be sent.',
    invalid: 'This cannot be sent.',
  },
  noMessages: 'No messages yet',
  you: 'You: ',
  picture: 'Photo',
  file: 'File',
  voice: 'Voice message',
  video: 'Video',
  location: 'Location',
  sticker: 'Sticker',
  cards: 'Card',
  device: 'Sent details of this handset',
  verified: 'Verified',
  thread: (who) => `Messages with ${who}`,
  input: 'Type a message',
  send: 'Send',
  attach: 'Send a photo or a location',
  stickers: 'Stickers',
  menu: 'Fixed menu',
  choosePicture: 'Photo or file',
  choosePlace: 'Location',
  places: 'Choose the place to send',
  suggestions: 'Suggested replies',
  start: 'Start',
  startHint: 'Begin the conversation with this official account.',
  typing: 'Typing',
  today: 'Today',
  yesterday: 'Yesterday',
  states: { waiting: 'Waiting to be sent', sent: 'Sent, not yet arrived', delivered: 'Not yet read', read: 'Read' },
  blockedNote: 'You have blocked this account.',
  unblock: 'Unblock',
  offlineNote: 'No signal. Messages go out when it is back.',
  noPlusNote: 'This line cannot use +Message.',
  optedOutNote: 'You have stopped using this account.',
  resume: 'Resume',
  noSignal: 'No signal',
  dialed: (phone) => `Calling ${phone} (only simulated)`,
  calendarAdded: (title) => `“${title}” was added to the calendar`,
  composed: (phone) => `Opened a message to ${phone}`,
  numberShown: 'Your number was shown',
  settingChanged: 'Read receipts are on now',
  tooLong: (n) => `2,730 characters at most (${n.toLocaleString()} now)`,
  failed: 'Could not be sent',
  lost: 'The simulator cannot be reached. It goes on as soon as it is back.',
  theme: 'Switch light and dark',
  language: '日本語',
  emptyTitle: 'Choose a phone',
  emptyHint: 'Pick one from the list to see the customer’s screen. Up to three fit side by side.',
  newest: 'Newest',
  open: 'Open',
};

const languages = { ja, en };
let current = localStorage.getItem('language') === 'en' ? 'en' : 'ja';

export const language = () => current;

/** `word('unread', 3)` */
export function word(name, ...values) {
  const text = languages[current][name];
  return typeof text === 'function' ? text(...values) : text;
}

export function switchLanguage() {
  current = current === 'ja' ? 'en' : 'ja';
  localStorage.setItem('language', current);
}

export const clock = (iso) =>
  new Date(iso).toLocaleTimeString(current === 'ja' ? 'ja-JP' : 'en-GB', { hour: 'numeric', minute: '2-digit' });

export const dayKey = (iso) => new Date(iso).toDateString();

export function dayName(iso) {
  const day = dayKey(iso);
  if (day === new Date().toDateString()) return word('today');
  if (day === new Date(Date.now() - 86_400_000).toDateString()) return word('yesterday');
  return new Date(iso).toLocaleDateString(current === 'ja' ? 'ja-JP' : 'en-GB', {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
}

export function shortTime(iso) {
  if (dayKey(iso) === new Date().toDateString()) return clock(iso);
  return new Date(iso).toLocaleDateString(current === 'ja' ? 'ja-JP' : 'en-GB', { month: 'numeric', day: 'numeric' });
}
