import { describe, expect, it } from 'vitest';
import type { UploadView } from '#libs/contracts/index.js';
import { ApiError } from '../http/api-error.js';
import { Attachments, type AttachedFile } from './attachments.js';

interface Run {
  name: string;
  received: (bytes: number) => void;
  succeed: () => void;
  refuse: (error: Error) => void;
  stopped: boolean;
}

function desk() {
  const runs: Run[] = [];
  const dropped: string[] = [];
  const pauses: (() => void)[] = [];
  let view: Partial<UploadView> = { state: 'ready', name: 'a.png', mimeType: 'image/png' };
  const attachments = new Attachments({
    transfer: (file, received) => ({
      run: () =>
        new Promise((resolve, reject) => {
          runs.push({
            name: file.name,
            received,
            succeed: () => resolve(`id-${file.name}`),
            refuse: reject,
            stopped: false,
          });
        }),
      stop: () => {
        for (const run of runs.filter(({ name }) => name === file.name)) run.stopped = true;
      },
    }),
    view: async () => view as UploadView,
    drop: async (id) => dropped.push(id),
    preview: () => null,
    forget: () => undefined,
    pause: () => new Promise((resolve) => pauses.push(resolve)),
    newest: () => 7,
    limit: 1000,
  });
  const add = (...names: string[]) =>
    attachments.addFiles(
      '1',
      names.map((name) => new File(['x'.repeat(100)], name)),
    );
  const file = (name: string) => attachments.all().find((each) => 'name' in each && each.name === name) as AttachedFile;
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { attachments, runs, dropped, pauses, add, file, settle, sees: (next: Partial<UploadView>) => (view = next) };
}

describe('files above the field', () => {
  it('go two at a time, and are ready when the server says so', async () => {
    const { attachments, runs, add, file, settle } = desk();
    add('a.png', 'b.png', 'c.png');
    expect(runs.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    expect(file('c.png').state).toBe('waiting');
    runs[0]!.succeed();
    await settle();
    expect(file('a.png')).toMatchObject({ state: 'ready', received: 100, uploadId: 'id-a.png' });
    expect(runs.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png']);
    expect(await attachments.whenReady(file('a.png').key)).toBe('id-a.png');
  });

  it('show what the server has, keep it over a cut, and go on when the line is back', async () => {
    const { runs, pauses, add, file, settle } = desk();
    add('a.png');
    runs[0]!.received(40);
    runs[0]!.refuse(new ApiError('network', 0));
    await settle();
    expect(file('a.png')).toMatchObject({ state: 'cut', received: 40 });
    pauses[0]!();
    await settle();
    expect(runs).toHaveLength(2);
    runs[1]!.received(70);
    expect(file('a.png')).toMatchObject({ state: 'sending', received: 70 });
  });

  it('are refused at once when they are too large or empty, and later when their content is another one', async () => {
    const { attachments, runs, add, file, settle, sees } = desk();
    attachments.addFiles('1', [new File(['x'.repeat(2000)], 'big.mp4'), new File([], 'none.png')]);
    expect(runs).toEqual([]);
    expect([file('big.mp4').refusal, file('none.png').refusal]).toEqual(['tooLarge', 'broken']);
    sees({ state: 'refused', refusal: 'typeMismatch', found: 'HTML' });
    add('a.png');
    const waiting = attachments.whenReady(file('a.png').key).catch((error: ApiError) => error.code);
    runs[0]!.succeed();
    expect(await waiting).toBe('file_refused');
    await settle();
    expect(file('a.png')).toMatchObject({ state: 'refused', refusal: 'typeMismatch', found: 'HTML' });
  });

  it('that fail are tried again on request; what is taken away is taken away at the server too', async () => {
    const { attachments, runs, dropped, add, file, settle } = desk();
    add('a.png', 'b.png');
    runs[0]!.refuse(new ApiError('too_many_uploads', 400));
    await settle();
    expect(file('a.png')).toMatchObject({ state: 'failed', fault: 'too_many_uploads' });
    attachments.retry(file('a.png').key);
    expect(runs.at(-1)?.name).toBe('a.png');
    runs.at(-1)!.succeed();
    await settle();
    attachments.remove(file('a.png').key);
    expect(dropped).toEqual(['id-a.png']);
    attachments.remove(file('b.png').key);
    expect(runs[1]!.stopped).toBe(true);
    expect(attachments.all()).toEqual([]);
  });

  it('that are sent leave the tray and stay on their way', () => {
    const { attachments, add, file } = desk();
    add('a.png');
    attachments.leave(file('a.png').key);
    expect(attachments.hangingIn('1')).toEqual([]);
    expect(attachments.all()).toHaveLength(1);
    expect(attachments.busy).toBe(true);
    attachments.stay(file('a.png').key, 8);
    expect(attachments.hangingIn('1')).toMatchObject([{ answering: 8 }]);
  });

  it('know what they answer, and hang there again as they were when they are taken back', () => {
    const { attachments, add, file } = desk();
    add('a.png');
    attachments.addSticker('1', 'thanks');
    attachments.addPlace({ conversationId: '1', latitude: 35.6, longitude: 139.7, label: '駅' });
    const originals = attachments.hangingIn('1').map(({ key }) => attachments.original(key)!);
    attachments.answer('1', 9);
    expect(attachments.hangingIn('1').map(({ answering }) => answering)).toEqual([9, 9, 9]);
    for (const { key } of attachments.all()) attachments.remove(key, { sent: true });
    for (const original of originals) attachments.putBack('1', original);
    expect(attachments.hangingIn('1')).toMatchObject([
      { type: 'file', name: 'a.png', size: 100, answering: 7 },
      { type: 'sticker', sticker: 'thanks', answering: 7 },
      { type: 'location', latitude: 35.6, longitude: 139.7, label: '駅', answering: 7 },
    ]);
    expect(file('a.png').state).toBe('sending');
  });
});
