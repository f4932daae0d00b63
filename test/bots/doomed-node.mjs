/** A console node with a bot that thinks until its process is killed; from the built files. */
import 'reflect-metadata';
import { startConsole } from '../../dist/apps/console/console.js';
import { loadSettings } from '../../dist/libs/platform/settings/index.js';

class Thinker {
  key = 'thinker';
  answer() {
    process.send({ asked: true });
    return new Promise(() => undefined);
  }
}

const node = await startConsole(loadSettings(process.env), '127.0.0.1', undefined, undefined, [Thinker]);
process.send({ url: node.url });
