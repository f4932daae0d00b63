import { queryOptions } from '@tanstack/react-query';
import { Recorder } from '../connection/recorder.js';
import { api } from '../http/api.js';
import { bookFromAnswer, type OfferBook, type OfferNews } from './offers.cache.js';

export const offerKeys = { book: ['offers'] as const };

export const heardOffers = new Recorder<OfferNews>();

export function offersQuery() {
  return queryOptions({
    queryKey: offerKeys.book,
    queryFn: ({ signal, client }): Promise<OfferBook> =>
      heardOffers.during(async (heard) => {
        const answer = await api.offers(signal);
        return bookFromAnswer(answer, client.getQueryData(offerKeys.book), heard);
      }),
    structuralSharing: false,
  });
}
