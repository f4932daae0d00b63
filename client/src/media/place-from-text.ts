export interface Place {
  latitude: number;
  longitude: number;
}

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;

/** Where map services write a place in their addresses: the pin goes before the middle of the view. */
const inAddresses = [
  new RegExp(String.raw`!3d${number}!4d${number}`),
  new RegExp(String.raw`[?&](?:q|query|ll|destination|daddr|sll)=(?:loc:)?${number}(?:,|%2C)\s*${number}`, 'i'),
  new RegExp(String.raw`[?&]mlat=${number}&mlon=${number}`),
  new RegExp(String.raw`[?&]lat=${number}&(?:lon|lng)=${number}`),
  new RegExp(String.raw`@${number},${number}`),
  new RegExp(String.raw`#map=\d+/${number}/${number}`),
  new RegExp(String.raw`^geo:${number},${number}`, 'i'),
];
const pair = new RegExp(String.raw`^[(\[]?\s*${number}\s*[,、\s]\s*${number}\s*[)\]]?$`);
const degrees = new RegExp(
  String.raw`^(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d+)?)["″]?\s*([NS])[,\s]+(\d{1,3})°\s*(\d{1,2})['′]\s*(\d{1,2}(?:\.\d+)?)["″]?\s*([EW])$`,
  'i',
);

/** A pair of numbers, degrees with minutes, or the address of a map. Null where no place stands. */
export function placeFromText(typed: string): Place | null {
  // Full-width digits and commas, as a Japanese keyboard writes them.
  const text = typed.normalize('NFKC').trim();
  for (const pattern of /^(https?|geo):/i.test(text) ? inAddresses : [pair]) {
    const found = pattern.exec(text);
    if (found) return within(Number(found[1]), Number(found[2]));
  }
  const found = degrees.exec(text);
  if (!found) return null;
  const [, d1, m1, s1, ns, d2, m2, s2, ew] = found;
  const angle = (d: string, m: string, s: string): number => Number(d) + Number(m) / 60 + Number(s) / 3600;
  const latitude = angle(d1!, m1!, s1!) * (ns!.toUpperCase() === 'S' ? -1 : 1);
  return within(latitude, angle(d2!, m2!, s2!) * (ew!.toUpperCase() === 'W' ? -1 : 1));
}

function within(latitude: number, longitude: number): Place | null {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const exact = (value: number): number => Math.round(value * 1_000_000) / 1_000_000;
  return { latitude: exact(latitude), longitude: exact(longitude) };
}
