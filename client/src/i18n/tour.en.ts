import type { Catalogue } from './catalogue.js';

export const tourEn: Catalogue['tour'] = {
  title: 'Getting started',
  place: '{{at}} of {{of}}',
  menu: 'Show me around',
  skip: 'Close',
  back: 'Back',
  next: 'Next',
  done: 'Begin',
  ready: {
    title: 'Be ready, and offers come to you',
    text: 'Choose “Ready” at the top right. An offer is accepted in time, or declined with a reason.',
  },
  answer: {
    title: 'Replies are on the right, notes are yellow',
    text: 'A note never reaches the customer. In the field, “/” brings canned responses. Drafts are kept by themselves.',
  },
  move: {
    title: 'Keep your hands on the keyboard',
    text: 'The palette finds commands, screens and customers, in Japanese, romaji or English.',
  },
  own: {
    title: 'Make it yours',
    text: 'Keys, notifications and the size of letters are in your settings. This tour is in the menu at the top right.',
  },
};
