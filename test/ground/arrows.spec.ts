import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBreaches, importsOf } from '../../scripts/arrows.mjs';

let house: string;

/** A house in which everything is as it should be. */
const sound: Record<string, string> = {
  'libs/contracts/index.ts': `export * from './events.js';`,
  'libs/contracts/events.ts': 'export interface Event { topic: string }',
  'libs/platform/telemetry/index.ts': `export * from './log.js';`,
  'libs/platform/telemetry/log.ts': `import pino from 'pino';`,
  'libs/platform/database/index.ts': `export { Log } from '#libs/platform/telemetry/index.js';`,
  'libs/accounts/index.ts': `export * from './accounts.service.js';`,
  'libs/accounts/accounts.service.ts': `import type { Event } from '#libs/contracts/index.js';\nimport { Tx } from '#libs/platform/database/index.js';`,
  'libs/agents/index.ts': `export * from './sessions.js';`,
  'libs/agents/sessions.ts': `import { Accounts } from '#libs/accounts/index.js';`,
  'libs/carrier/index.ts': `export const a = 1;`,
  'libs/carrier/driver.ts': `export const b = 1;`,
  'libs/conversations/index.ts': `import { Agents } from '#libs/agents/index.js';\nimport { Carrier } from '#libs/carrier/index.js';`,
  'libs/routing/index.ts': `import { Inbox } from '#libs/conversations/index.js';`,
  'libs/bots/index.ts': `import { Queues } from '#libs/routing/index.js';`,
  'libs/supervision/index.ts': `import { Queues } from '#libs/routing/index.js';`,
  'apps/console/main.ts': `import { Bots } from '#libs/bots/index.js';\nimport { listen } from './listen.js';`,
  'apps/console/listen.ts': `export const listen = 1;`,
  'apps/carrier-sim/main.ts': `import type { Event } from '#libs/contracts/index.js';`,
  'client/src/main.tsx': `import { Event } from '#libs/contracts/index.js';\nimport './style.css';\nimport { App } from './app';`,
  'client/src/app.tsx': `export const App = () => <p>Don't</p>;`,
};

function build(files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
}

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'arrows-'));
  build(sound);
});

afterEach(() => rmSync(house, { recursive: true, force: true }));

it('has nothing to say of a sound house', () => {
  expect(findBreaches(house)).toEqual([]);
});

describe('refuses', () => {
  const breaches: [what: string, file: string, text: string, complaint: RegExp][] = [
    [
      'a lower lib that reaches up',
      'libs/accounts/a.ts',
      `import { X } from '#libs/conversations/index.js';`,
      /libs\/accounts may not reach libs\/conversations/,
    ],
    [
      'an arrow up that is only a type',
      'libs/carrier/a.ts',
      `import type { X } from '#libs/conversations/index.js';`,
      /may not reach/,
    ],
    ['an arrow up in a re-export', 'libs/carrier/a.ts', `export { X } from '#libs/routing/index.js';`, /may not reach/],
    [
      'an arrow up at run time',
      'libs/carrier/a.ts',
      `const x = await import('#libs/routing/index.js');`,
      /may not reach/,
    ],
    [
      'an arrow up in a type expression',
      'libs/carrier/a.ts',
      `let x: import('#libs/routing/index.js').X;`,
      /may not reach/,
    ],
    [
      'neighbours on one floor',
      'libs/agents/a.ts',
      `import { X } from '#libs/carrier/index.js';`,
      /libs\/agents may not reach libs\/carrier/,
    ],
    [
      'bots that know of supervision',
      'libs/bots/a.ts',
      `import { X } from '#libs/supervision/index.js';`,
      /may not reach/,
    ],
    [
      'a tool that knows the product',
      'libs/platform/jobs/a.ts',
      `import { X } from '#libs/accounts/index.js';`,
      /libs\/platform may not reach/,
    ],
    [
      'contracts that import a lib',
      'libs/contracts/a.ts',
      `import { X } from '#libs/platform/telemetry/index.js';`,
      /may not reach/,
    ],
    [
      'contracts that import a package',
      'libs/contracts/a.ts',
      `import { IsString } from 'class-validator';`,
      /plain TypeScript/,
    ],
    [
      'the simulator in the house',
      'apps/carrier-sim/a.ts',
      `import { X } from '#libs/carrier/index.js';`,
      /apps\/carrier-sim may not reach/,
    ],
    [
      'the browser in the house',
      'client/src/a.ts',
      `import { X } from '#libs/conversations/index.js';`,
      /client may not reach/,
    ],
    [
      'a lib that imports the app',
      'libs/bots/a.ts',
      `import { x } from '../../apps/console/listen.js';`,
      /may not reach apps\/console/,
    ],
    [
      'the passing of a front door',
      'libs/conversations/a.ts',
      `import { b } from '#libs/carrier/driver.js';`,
      /passes the front door of libs\/carrier/,
    ],
    ['a climb out of a lib', 'libs/conversations/a.ts', `import { a } from '../carrier/index.js';`, /climbs out/],
    [
      'a lib that uses its own front door',
      'libs/carrier/a.ts',
      `import { a } from './index.js';`,
      /its own front door/,
    ],
    [
      'a lib that goes around through its own name',
      'libs/carrier/a.ts',
      `import { a } from '#libs/carrier/index.js';`,
      /its own lib/,
    ],
    ['forwardRef', 'libs/carrier/a.ts', `import { Inject, forwardRef } from '@nestjs/common';`, /forwardRef/],
    ['a room without a floor', 'libs/helpers/index.ts', `export const a = 1;`, /has no floor/],
  ];

  it.each(breaches)('%s', (_what, file, text, complaint) => {
    build({ [file]: text });
    const found = findBreaches(house);
    expect(found.join('\n')).toMatch(complaint);
    expect(found.every((breach) => breach.startsWith(`${file}: `))).toBe(true);
  });

  it('a circle, even one made of types, and names the way around', () => {
    build({
      'libs/carrier/a.ts': `import type { B } from './b.js';`,
      'libs/carrier/b.ts': `import type { C } from './c.js';`,
      'libs/carrier/c.ts': `export type { A } from './a.js';`,
    });
    expect(findBreaches(house)).toEqual([
      'libs/carrier/a.ts: a circle, libs/carrier/a.ts → libs/carrier/b.ts → libs/carrier/c.ts → libs/carrier/a.ts',
    ]);
  });

  it('a circle of two tools', () => {
    build({ 'libs/platform/telemetry/log.ts': `import { Log } from '#libs/platform/database/index.js';` });
    expect(findBreaches(house).join()).toMatch(/a circle, .*telemetry.*database/);
  });
});

it('reads every way of writing an import, and no comment', () => {
  const text = `
    // import a from 'comment';
    /* import b from 'comment'; */
    import c, { type D } from 'one'; import e from "two"
    import {
      f, // 'quoted'
      g,
    } from 'three';
    import 'four';
    export * as h from 'five';
    const url = 'https://example.jp'; const i = require('six');
    const j = await import(\`seven\`);
    const from = 'nothing';
  `;
  const specifiers = importsOf(text).map(({ specifier }) => specifier);
  expect(specifiers.sort()).toEqual(['five', 'four', 'one', 'seven', 'six', 'three', 'two']);
});
