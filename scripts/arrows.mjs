/**
 * The law of arrows: every import points down, no circle, and a lib is entered by its front door.
 *
 *   node scripts/arrows.mjs [root]      prints every breach and ends with 1, or says how much it looked at
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** From the ground up. A room may reach every room below its own floor; on one floor nobody reaches a neighbour. */
const floors = [
  ['libs/contracts'],
  ['libs/platform'],
  ['libs/accounts'],
  ['libs/agents', 'libs/carrier'],
  ['libs/conversations'],
  ['libs/routing'],
  ['libs/bots', 'libs/supervision'],
  ['apps/console'],
];

/** Rooms that stand outside of the house and know of it only what travels. */
const outside = ['apps/carrier-sim', 'apps/echo-bot', 'client'];

/** The tools of the platform are libs of their own, which may use each other as long as there is no circle. */
const platformLib = /^libs\/platform\/(database\/embedded|[^/]+)/;

const grounds = ['apps', 'libs', 'client/src'];

/** Every breach below `root`, as sentences that begin with the file. */
export function findBreaches(root) {
  const files = filesBelow(root);
  const graph = new Map();
  const breaches = [];
  for (const file of files) {
    const says = (what) => breaches.push(`${file}: ${what}`);
    const room = roomOf(file);
    const below = roomsBelow(room);
    if (!below) {
      says(`${room} has no floor; give it one in scripts/arrows.mjs`);
      continue;
    }
    const aims = [];
    for (const { specifier, names } of importsOf(readFileSync(join(root, file), 'utf8'))) {
      if (/\bforwardRef\b/.test(names)) says('forwardRef hides a circle; turn one of the arrows around with a hook');
      const own = /^#libs\/(.*)\.js$/.exec(specifier);
      const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
      if (!own && !isRelative) {
        if (specifier.startsWith('#')) says(`'${specifier}' is no address in this house`);
        if (/^(apps|libs|client|dist)\//.test(specifier)) says(`'${specifier}' must be written as #libs/…`);
        if (room === 'libs/contracts')
          says(`contracts are plain TypeScript and import nothing, not '${specifier}' either`);
        continue;
      }
      const aim = own ? `libs/${own[1]}.ts` : sourceOf(root, join(dirname(file), specifier));
      if (!aim) continue; // A style sheet, a picture: nothing that could point on.
      aims.push(aim);
      const aimed = libOf(aim);
      if (aimed === libOf(file)) {
        if (own) says(`'${specifier}' is its own lib; inside, import the file`);
        else if (aim === `${aimed}/index.ts`) says('imports its own front door; inside a lib, import the file');
        continue;
      }
      if (isRelative)
        says(`'${specifier}' climbs out of ${libOf(file)}; another lib is reached as #libs/<lib>/index.js`);
      else if (aim !== `${aimed}/index.ts`) says(`'${specifier}' passes the front door of ${aimed}`);
      if (!below.includes(roomOf(aim))) says(`${room} may not reach ${roomOf(aim)}`);
    }
    graph.set(file, aims);
  }
  for (const circle of circles(graph)) breaches.push(`${circle[0]}: a circle, ${circle.join(' → ')}`);
  return breaches;
}

function filesBelow(root) {
  return grounds
    .filter((ground) => existsSync(join(root, ground)))
    .flatMap((ground) => readdirSync(join(root, ground), { recursive: true }).map((file) => join(ground, file)))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(node_modules|dist)\/|\.d\.ts$/.test(file))
    .sort();
}

function roomOf(file) {
  const [first, second] = file.split('/');
  return first === 'client' ? 'client' : `${first}/${second}`;
}

function libOf(file) {
  return platformLib.exec(file)?.[0] ?? roomOf(file);
}

function roomsBelow(room) {
  if (outside.includes(room)) return ['libs/contracts'];
  const floor = floors.findIndex((rooms) => rooms.includes(room));
  if (floor < 0) return null;
  const lower = floors.slice(0, floor).flat();
  return room === 'libs/platform' ? [...lower, room] : lower;
}

/** With types and re-exports, with `import()` and `require()`: an arrow is an arrow, whatever the compiler leaves of it. */
export function importsOf(text) {
  const code = withoutComments(text);
  const quoted = String.raw`(['"\`])([^'"\`\n]+)`;
  const found = [];
  const statement = new RegExp(String.raw`(?:^|[;}\n])\s*(?:import|export)\b([^'"\`;]*?)\bfrom\s*${quoted}\2`, 'g');
  for (const [, names, , specifier] of code.matchAll(statement)) found.push({ names, specifier });
  const bare = new RegExp(String.raw`(?:^|[;}\n])\s*import\s*${quoted}\1`, 'g');
  for (const [, , specifier] of code.matchAll(bare)) found.push({ names: '', specifier });
  const called = new RegExp(
    String.raw`\b(?:import|require|importActual|importOriginal)\s*(?:<[^>]*>)?\(\s*${quoted}\1`,
    'g',
  );
  for (const [, , specifier] of code.matchAll(called)) found.push({ names: '', specifier });
  return found;
}

/** Strings stay as they are: `'https://…'` is not the beginning of a comment. */
function withoutComments(text) {
  const pieces = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(pieces, (piece) => (piece.startsWith('/') ? ' ' : piece));
}

function sourceOf(root, path) {
  const plain = path
    .split(sep)
    .join('/')
    .replace(/\.jsx?$/, '');
  const candidates = [path, `${plain}.ts`, `${plain}.tsx`, `${plain}/index.ts`, `${plain}/index.tsx`];
  const isSource = (each) =>
    /\.tsx?$/.test(each) && existsSync(join(root, each)) && statSync(join(root, each)).isFile();
  return candidates.find(isSource);
}

/** Strongly connected files (Tarjan), each as one way around. */
function circles(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    order.set(file, order.size);
    low.set(file, order.get(file));
    stack.push(file);
    for (const aim of graph.get(file) ?? []) {
      if (!order.has(aim)) visit(aim);
      if (stack.includes(aim)) low.set(file, Math.min(low.get(file), low.get(aim)));
    }
    if (low.get(file) !== order.get(file)) return;
    const knot = stack.splice(stack.indexOf(file));
    if (knot.length > 1 || graph.get(file)?.includes(file)) found.push(wayAround(graph, file, new Set(knot)));
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

function wayAround(graph, start, knot) {
  const cameFrom = new Map();
  const queue = [start];
  for (const file of queue) {
    for (const aim of graph.get(file) ?? []) {
      if (!knot.has(aim) || cameFrom.has(aim)) continue;
      cameFrom.set(aim, file);
      if (aim !== start) queue.push(aim);
    }
  }
  const way = [start];
  do way.unshift(cameFrom.get(way[0]));
  while (way[0] !== start);
  return way;
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
  const breaches = findBreaches(root);
  for (const breach of breaches) console.error(breach);
  const count = filesBelow(root).length;
  console.log(
    breaches.length ? `${breaches.length} arrows point the wrong way` : `the arrows of ${count} files point down`,
  );
  if (count === 0) console.error(`there is nothing to look at below ${relative('.', root) || root}`);
  process.exitCode = breaches.length || count === 0 ? 1 : 0;
}
