/** What of a contact card is shown. */
export interface ContactCard {
  name: string;
  organisation: string | null;
  phones: string[];
  mails: string[];
}

/** vCard 2.1 to 4.0, as far as handsets write it: UTF-8, also quoted-printable. Null when nobody is named. */
export function readCard(text: string): ContactCard | null {
  if (!/^\s*BEGIN:VCARD/i.test(text)) return null;
  const card: ContactCard = { name: '', organisation: null, phones: [], mails: [] };
  // A line that begins with a blank goes on with the one before; quoted-printable goes on after a `=`.
  const lines = text
    .replace(/=\r?\n/g, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  for (const line of lines) {
    const parts = /^(?:[\w-]+\.)?([A-Z-]+)((?:;[^:]*)?):(.*)$/i.exec(line);
    if (!parts) continue;
    const value = plain(parts[3]!, parts[2]!);
    switch (parts[1]!.toUpperCase()) {
      case 'FN':
        card.name = value;
        break;
      case 'N':
        card.name ||= value.split(';').slice(0, 2).filter(Boolean).join(' ');
        break;
      case 'ORG':
        card.organisation = value.split(';').filter(Boolean).join(' ') || null;
        break;
      case 'TEL':
        card.phones.push(value.replace(/^tel:/i, ''));
        break;
      case 'EMAIL':
        card.mails.push(value);
        break;
    }
    if (/^END:VCARD/i.test(line)) break;
  }
  if (card.name === '' && card.phones.length === 0 && card.mails.length === 0) return null;
  return { ...card, phones: card.phones.slice(0, 5), mails: card.mails.slice(0, 5) };
}

function plain(value: string, parameters: string): string {
  const decoded = /QUOTED-PRINTABLE/i.test(parameters) ? quotedPrintable(value) : value;
  return decoded
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .trim()
    .slice(0, 200);
}

function quotedPrintable(value: string): string {
  const bytes = value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
