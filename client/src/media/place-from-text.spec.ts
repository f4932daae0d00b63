import { describe, expect, it } from 'vitest';
import { placeFromText } from './place-from-text.js';

const tokyo = { latitude: 35.681236, longitude: 139.767125 };

describe('a place', () => {
  it.each([
    '35.681236, 139.767125',
    '35.681236 139.767125',
    '(35.681236,139.767125)',
    '35.681236、139.767125',
    'https://www.google.com/maps?q=35.681236,139.767125',
    'https://www.google.com/maps/search/?api=1&query=35.681236%2C139.767125',
    'https://www.google.com/maps/place/x/@35.1,139.1,17z/data=!3d35.681236!4d139.767125',
    'https://www.google.co.jp/maps/@35.681236,139.767125,17z',
    'https://maps.apple.com/?ll=35.681236,139.767125&q=x',
    'https://www.openstreetmap.org/?mlat=35.681236&mlon=139.767125#map=17/35.0/139.0',
    'https://www.openstreetmap.org/#map=17/35.681236/139.767125',
    'geo:35.681236,139.767125',
  ])('is found in %s', (text) => expect(placeFromText(text)).toEqual(tokyo));

  it('is found in degrees, south and west too', () => {
    expect(placeFromText(`35°40'52.4"N 139°46'1.7"E`)).toEqual({ latitude: 35.681222, longitude: 139.767139 });
    expect(placeFromText(`33°52'10"S, 151°12'30"W`)).toEqual({ latitude: -33.869444, longitude: -151.208333 });
  });

  it.each(['', '東京駅', '35.68', '91, 0', '0, 181', 'https://maps.app.goo.gl/abc', '1, 2, 3', 'javascript:1,2'])(
    'is not in %j',
    (text) => expect(placeFromText(text)).toBeNull(),
  );
});
