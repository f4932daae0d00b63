import { expect, it } from 'vitest';
import { perPerson } from './preview-people.js';

it('who would be offered how many, the most first', () => {
  const offers = ['7', '3', '3', '7', '3'].map((agentId, index) => ({ conversationId: String(index), agentId }));
  expect(perPerson(offers)).toEqual([
    { agentId: '3', count: 3 },
    { agentId: '7', count: 2 },
  ]);
  expect(perPerson([])).toEqual([]);
});
