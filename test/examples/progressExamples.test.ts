import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { harbourRewards } from '../../src/program/index.js';
import { cups, feedOf, harbourMap } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const examples = join(import.meta.dirname, '../../examples');
const secret = 'a secret that only the two of them know';

describe('the examples of progress as it happens', function () {
  this.timeout(120_000);
  let folder: string;
  let shop: Shop;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-progress-'));
    shop = await openShop();
  });
  after(async () => {
    await shop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** Runs an example with a feed in which a member buys as many cups. */
  async function run(name: string, member: string, times: number, env: Record<string, string> = {}) {
    const feed = join(folder, `${name}-${member}.csv`);
    const receipts = shop.members.indexOf(member) * 100 + 1;
    await writeFile(feed, feedOf(cups(Array<string>(times).fill(member), receipts)));
    const own = { ORG_URL: shop.org.url, CLIENT_ID: 'test', CLIENT_SECRET: 'test', PROGRAM: harbourRewards.name };
    const files = { FEED: feed, MAPPING: harbourMap, OUTBOX: join(folder, 'outbox.sqlite') };
    return promisify(execFile)(process.execPath, [join(examples, name)], {
      env: { ...process.env, ...own, ...files, ...env },
    });
  }

  it('print how far a member is', async () => {
    const { client } = shop;
    const [row] = await client.query.all(`SELECT Id FROM Promotion WHERE Name = 'Ten cups, one free'`);
    const Id = String(row?.['Id']);
    await client.sobjects.update('Promotion', Id, { CumulativeUsageTarget: 8 });
    const { stdout } = await run('print-progress.ts', 'HR-100001', 6);
    await client.sobjects.update('Promotion', Id, { CumulativeUsageTarget: 10 });
    expect(stdout).to.match(/^HR-100001: 75 %, two to go \(Ten cups, one free\)$/m);
  });

  it('post thresholds until they are taken, and take each once', async () => {
    const receiver = new Receiver();
    const url = await receiver.started;
    // Refuses the first attempt, then loses an answer.
    const trouble = ['refuse', 'lose'];
    const between = createServer((request, response) => {
      void (async () => {
        const kind = trouble.shift();
        const body = await buffer(request);
        const names = ['x-event-id', 'x-timestamp', 'x-signature'];
        const headers = names.map((name): [string, string] => [name, String(request.headers[name])]);
        const passed = kind === 'refuse' ? undefined : await fetch(url, { method: 'POST', headers, body });
        response.writeHead(kind === undefined ? (passed?.status ?? 500) : 503).end();
      })();
    });
    between.listen(0, '127.0.0.1');
    await once(between, 'listening');
    const webhook = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    try {
      await run('webhook-thresholds.ts', 'HR-100002', 8, { WEBHOOK_URL: webhook, WEBHOOK_SECRET: secret });
      expect(receiver.lines).to.deep.equal(['HR-100002 has crossed 50 %', 'HR-100002 has crossed 80 %']);
      expect(trouble).to.deep.equal([]);
    } finally {
      between.close();
      await receiver.stop();
    }
  });

  it('refuse what is not signed, is old, or has another id than its body', async () => {
    const receiver = new Receiver();
    const url = await receiver.started;
    const body = JSON.stringify({ id: 'e1', member: 'HR-1', threshold: 50 });
    const post = async ({ at = Date.now(), key = secret, id = 'e1' } = {}): Promise<number> => {
      const timestamp = String(Math.floor(at / 1000));
      const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
      const headers = { 'x-event-id': id, 'x-timestamp': timestamp, 'x-signature': `sha256=${signature}` };
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    try {
      expect(await post({ key: 'another secret' })).to.equal(401);
      expect(await post({ at: Date.now() - 3_600_000 })).to.equal(401);
      expect(await post({ id: 'e2' })).to.equal(400);
      expect(receiver.lines).to.deep.equal([]);
      expect([await post(), await post()]).to.deep.equal([204, 200]);
      expect(receiver.lines).to.deep.equal(['HR-1 has crossed 50 %']);
    } finally {
      await receiver.stop();
    }
  });
});

/** `webhook-receiver.ts` in a process of its own. */
class Receiver {
  readonly #child: ChildProcess;
  /** What it has printed since it listens. */
  readonly lines: string[] = [];
  /** Resolves with its address. */
  readonly started: Promise<string>;

  constructor() {
    const child = spawn(process.execPath, [join(examples, 'webhook-receiver.ts')], {
      env: { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const listening = Promise.withResolvers<string>();
    this.started = listening.promise;
    createInterface(child.stdout).on('line', (line) => {
      const [, url] = /^Listening on (.*)$/.exec(line) ?? [];
      if (url === undefined) this.lines.push(line);
      else listening.resolve(url);
    });
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#child.kill();
    await ended;
  }
}
