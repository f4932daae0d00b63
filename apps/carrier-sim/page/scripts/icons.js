const paths = {
  send: '<path d="M4.5 12 3.6 5.2a.8.8 0 0 1 1.15-.83l15.4 7a.7.7 0 0 1 0 1.26l-15.4 7a.8.8 0 0 1-1.15-.83L4.5 12Zm0 0h8"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  close: '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
  back: '<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>',
  next: '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
  down: '<path d="m5.5 9.5 6.5 6.5 6.5-6.5"/>',
  smile:
    '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14.2a4.4 4.4 0 0 0 7 0"/><path d="M9 9.5v.4m6-.4v.4" stroke-width="2.4"/>',
  menu: '<rect x="4" y="4" width="6.5" height="6.5" rx="1.6"/><rect x="13.5" y="4" width="6.5" height="6.5" rx="1.6"/><rect x="4" y="13.5" width="6.5" height="6.5" rx="1.6"/><rect x="13.5" y="13.5" width="6.5" height="6.5" rx="1.6"/>',
  picture:
    '<rect x="3.5" y="4.5" width="17" height="15" rx="3"/><circle cx="8.7" cy="9.7" r="1.6"/><path d="m4 17 4.6-4.2a1.5 1.5 0 0 1 2 0l2.6 2.4 2-1.7a1.5 1.5 0 0 1 2 .1l3 3"/>',
  place:
    '<path d="M12 21s-6.5-5.6-6.5-10.6a6.5 6.5 0 0 1 13 0C18.5 15.4 12 21 12 21Z"/><circle cx="12" cy="10.3" r="2.3"/>',
  file: '<path d="M13.5 3.500H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.500h10a1.5 1.5 0 0 0 1.5-1.500V8.500Zm0 0v5h5"/>',
  link: '<path d="M10 6.500H6.500A2 2 0 0 0 4.5 8.500v9a2 2 0 0 0 2 2h9a2 2 0 0 0 2-2V14M13.5 4.500h6v6m0-6-8.5 8.5"/>',
  phone:
    '<path d="M5 4.500h3.200l1.5 4-2 1.500a12 12 0 0 0 6.3 6.300l1.5-2 4 1.500V19a1.6 1.6 0 0 1-1.7 1.600A15.3 15.3 0 0 1 3.4 6.2 1.6 1.6 0 0 1 5 4.500Z"/>',
  calendar: '<rect x="4" y="5.5" width="16" height="14.5" rx="2.5"/><path d="M4 10h16M8.5 3.500v4m7-4v4"/>',
  switches:
    '<path d="M4 8h7.500m6 0H20M4 16h2.500m6 0H20"/><circle cx="14.5" cy="8" r="2.7"/><circle cx="9.5" cy="16" r="2.7"/>',
  moon: '<path d="M19.5 14.300A8 8 0 0 1 9.7 4.500a8 8 0 1 0 9.8 9.800Z"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.400L17 7M7 17l-1.4 1.400m12.8 0L17 17M7 7 5.6 5.6"/>',
  search: '<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4 4"/>',
  beside: '<rect x="3.5" y="4.5" width="7" height="15" rx="2"/><path d="M17 8.500v7M13.5 12h7"/>',
  clock: '<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>',
  block: '<circle cx="12" cy="12" r="8"/><path d="m6.5 6.5 11 11"/>',
  nosignal: '<path d="M4 18.500v-2m5 2v-6m5 6v-4m5 4V7M4 4l16 16"/>',
};

const build = (markup, box = '0 0 24 24', className = 'icon') => {
  const holder = document.createElement('template');
  holder.innerHTML = `<svg class="${className}" viewBox="${box}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${markup}</svg>`;
  return holder.content.firstChild;
};

export const icon = (name) => build(paths[name]);

/** The mark of a reviewed account: a seal with a check. */
export const verifiedMark = () =>
  build(
    '<path d="M10 .9 12.3 2.500l2.8-.1.8 2.7 2.3 1.6-1 2.6 1 2.6-2.3 1.6-.8 2.7-2.8-.1L10 17.700l-2.3-1.6-2.8.1-.8-2.7-2.3-1.6 1-2.6-1-2.6 2.3-1.6.8-2.7 2.8.1Z" fill="currentColor" stroke="none"/><path d="m6.7 9.5 2.3 2.3 4.3-4.6" stroke="#fff" stroke-width="1.8"/>',
    '0 0 20 19',
    'verified',
  );

/** One grey tick: not yet read. Two blue ones: read. A clock: still on the phone. */
export function ticks(state) {
  if (state === 'waiting') return icon('clock');
  if (state !== 'read') return build('<path d="m5 12.5 4.5 4.500L19 7.5"/>', '0 0 24 24', `tick ${state}`);
  return build('<path d="m2.5 12.5 4.5 4.500L16.5 7.500M12.5 17 22 7.5"/>', '0 0 26 24', 'tick read');
}

/** A made-up town with a pin in its middle: no map service is asked where a customer is. */
export const townMap = () =>
  build(
    '<rect width="240" height="120" fill="var(--map-ground)" stroke="none"/><path d="M-8 92C40 70 66 96 112 84s64-38 136-30" stroke="var(--map-water)" stroke-width="22"/><g stroke="var(--map-road)" stroke-width="7"><path d="M-6 30h252M60-6v132M150-6 126 126M196-6l26 132"/></g><g stroke="var(--map-road)" stroke-width="3"><path d="M-6 58h150M20-6v90M98-6v72M170 66h80M176 12h70"/></g><g fill="var(--map-green)" stroke="none"><rect x="68" y="38" width="24" height="16" rx="4"/><rect x="158" y="36" width="30" height="22" rx="5"/><circle cx="36" cy="14" r="8"/></g><ellipse cx="120" cy="76" rx="9" ry="3" fill="#0004" stroke="none"/><path d="M120 75s-16-14-16-27a16 16 0 0 1 32 0c0 13-16 27-16 27Z" fill="#e5484d" stroke="#fff" stroke-width="2"/><circle cx="120" cy="47" r="5.5" fill="#fff" stroke="none"/>',
    '0 0 240 120',
    'town',
  );
