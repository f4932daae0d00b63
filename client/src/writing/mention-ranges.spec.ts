import { describe, expect, it } from 'vitest';
import { addMention, movedMentions, splitMentions } from './mention-ranges.js';

const aoi = { agentId: '1', start: 3, length: 2 };
const text = 'さて @葵 へ';

describe('mentions while one writes', () => {
  it('move with the words before them and stay for those behind', () => {
    expect(movedMentions([aoi], text, `それ${text}`)).toEqual([{ ...aoi, start: 5 }]);
    expect(movedMentions([aoi], text, text.slice(1))).toEqual([{ ...aoi, start: 2 }]);
    expect(movedMentions([aoi], text, `${text}!`)).toEqual([aoi]);
  });

  it('end when they are written into, or away', () => {
    expect(movedMentions([aoi], text, 'さて @葵子 へ')).toEqual([aoi]);
    expect(movedMentions([aoi], text, 'さて @青葵 へ')).toEqual([]);
    expect(movedMentions([aoi], text, 'さて @ へ')).toEqual([]);
    expect(movedMentions([aoi], text, '')).toEqual([]);
  });

  it('survive that the same name stands beside them', () => {
    const two = [aoi, { agentId: '2', start: 6, length: 2 }];
    expect(movedMentions(two, 'さて @葵 @葵', 'さて @葵')).toEqual([aoi]);
  });

  it('stand in order, and never over each other', () => {
    const ren = { agentId: '2', start: 0, length: 2 };
    expect(addMention([aoi], ren)).toEqual([ren, aoi]);
    expect(addMention([aoi], { ...ren, start: 2 })).toEqual([{ ...ren, start: 2 }]);
  });

  it('cut a text into pieces, and leave out what does not fit it', () => {
    expect(splitMentions(text, [aoi, { agentId: '9', start: 90, length: 2 }])).toEqual([
      { text: 'さて ', agentId: null },
      { text: '@葵', agentId: '1' },
      { text: ' へ', agentId: null },
    ]);
  });
});
