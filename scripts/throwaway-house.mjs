import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The demo, as `npm start` runs it, in a process of its own: built, on a durable embedded PostgreSQL, with the simulated
 * carrier; on free ports and on data that go when it goes.
 */
export async function startThrowawayHouse(root) {
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-house-'));
  const [port, simPort] = await freePorts(2);
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: '',
      REDIS_URL: '',
      MEDIA_URL: '',
      DATA_DIR: dataDir,
      PORT: String(port),
      SIM_PORT: String(simPort),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      // Not a child of npm: it would end itself when npm is not its parent.
      npm_lifecycle_event: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await isOpen(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { consoleUrl: `http://127.0.0.1:${port}`, simulatorUrl: `http://127.0.0.1:${simPort}`, stop };
}

/** The sign-ins are printed when everything listens and the first customers have written. */
function isOpen(child) {
  let said = '';
  return new Promise((open, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
        if (said.includes('aoi@demo.example')) open();
      });
    }
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`The house did not open (it ended with ${code}):\n${said.trim()}`)));
  });
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** Somebody of the demo, over HTTP, and the simulated handsets. */
export class DemoDoors {
  constructor({ consoleUrl, simulatorUrl }) {
    this.consoleUrl = consoleUrl;
    this.simulatorUrl = simulatorUrl;
    this.botId = 'demo@botplatform.example';
    this.cookie = '';
  }

  async signIn(email) {
    const answer = await this.fetch('POST', '/api/session', { email, password: 'madoguchi-demo' });
    this.cookie = answer.headers.getSetCookie()[0].split(';')[0];
    return this;
  }

  async call(method, path, body) {
    const answer = await this.fetch(method, path, body);
    return answer.status === 204 ? null : answer.json();
  }

  /** The conversation with this customer, as soon as it is there. */
  async conversationWith(phone) {
    return eventually(async () => {
      const { rows } = await this.call('GET', '/api/conversations?view=all&limit=200');
      return rows.find((row) => row.customer.phone === phone);
    }, `the conversation with ${phone}`);
  }

  async handset(method, phone, path = '', body) {
    const url = `${this.simulatorUrl}/handsets/${encodeURIComponent(phone)}${path}`;
    return (await send(method, url, body && { botId: this.botId, ...body })).json();
  }

  fetch(method, path, body) {
    return send(method, `${this.consoleUrl}${path}`, body, this.cookie);
  }
}

async function send(method, url, body, cookie = '') {
  const answer = await fetch(url, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

export async function eventually(ask, what, patienceMs = 20_000) {
  for (const giveUp = Date.now() + patienceMs; ;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > giveUp) throw new Error(`Waited ${patienceMs} ms in vain for ${what}.`);
    await new Promise((again) => setTimeout(again, 25));
  }
}
