/** `npm run bench`: how fast, and with how much memory, a feed becomes settled journals. See README.md beside this file. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { Pool } from 'undici';

interface Measurement {
  readonly rows: number;
  readonly done: number;
  readonly intakeSeconds: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const smallHeap = ['--max-old-space-size=48', '--max-semi-space-size=2'];

const say = (line = ''): void => console.log(line);

say(`Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
say();
say('From CSV to settled, 200 journals in a request');
for (const rows of [10_000, 200_000]) {
  await withServer(async (url) => {
    const { done, seconds, intakeSeconds, peakMegabytes } = await measure(url, { rows, members: rows / 10 });
    const perSecond = Math.round(rows / seconds).toLocaleString('en');
    say(
      `  ${rows.toLocaleString('en').padStart(8)} rows: ${perSecond} rows/s (${intakeSeconds.toFixed(1)} s reading, ` +
        `${(seconds - intakeSeconds).toFixed(1)} s delivering ${done.toLocaleString('en')}), peak ${peakMegabytes.toFixed(0)} MB`,
    );
  });
}

say();
say('The same with a heap of 48 MB: memory that grew with the feed would not fit');
for (const rows of [10_000, 200_000]) {
  await withServer(async (url) => {
    const { peakMegabytes } = await measure(url, { rows, members: rows / 10 }, smallHeap);
    say(`  ${rows.toLocaleString('en').padStart(8)} rows: peak ${peakMegabytes.toFixed(0)} MB`);
  });
}

say();
say('One journal in a request, 16 at a time, beside an undici Pool that posts the same bodies');
for (const round of [1, 2, 3]) {
  await withServer(async (url) => {
    const sync = await measure(url, { rows: 10_000, members: 5000, batchSize: 1, concurrency: 16 });
    const ours = sync.done / (sync.seconds - sync.intakeSeconds);
    const raw = await postAll(url);
    say(
      `  round ${round}: sync ${Math.round(ours).toLocaleString('en')}/s, Pool ${Math.round(raw).toLocaleString('en')}/s, ` +
        `ratio ${(ours / raw).toFixed(2)}`,
    );
  });
}

interface Load {
  readonly rows: number;
  readonly members: number;
  readonly batchSize?: number;
  readonly concurrency?: number;
}

async function measure(url: string, load: Load, nodeOptions: readonly string[] = []): Promise<Measurement> {
  const { rows, members, batchSize = 200, concurrency = 8 } = load;
  const child = start('oneSync.ts', [url, rows, members, batchSize, concurrency].map(String), nodeOptions);
  const [measurement] = (await once(child, 'message')) as [Measurement];
  return measurement;
}

async function withServer(work: (url: string) => Promise<void>): Promise<void> {
  const server = start('answeringServer.ts', []);
  const [port] = (await once(server, 'message')) as [number];
  try {
    await work(`http://127.0.0.1:${port}`);
  } finally {
    server.disconnect();
  }
}

function start(file: string, args: readonly string[], nodeOptions: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { execArgv: [...nodeOptions, '--import', 'tsx'] });
}

/** The bodies that the sync sent, posted as fast as undici can with as many connections. Returns requests per second. */
async function postAll(url: string): Promise<number> {
  const bodies = (await (await fetch(`${url}/bodies`)).text()).split('\n');
  const pool = new Pool(url, { connections: 16, allowH2: false });
  const queue = new PQueue({ concurrency: 16 });
  const startedAt = performance.now();
  const post = async (body: string): Promise<void> => {
    const response = await pool.request({
      method: 'POST',
      path: '/services/data/v66.0/connect/realtime/loyalty/programs/Harbour%20Rewards',
      headers: { 'content-type': 'application/json', authorization: 'Bearer 00D9z0000000001!bench' },
      body,
    });
    JSON.parse(await response.body.text());
  };
  await queue.addAll(bodies.map((body) => () => post(body)));
  const perSecond = bodies.length / ((performance.now() - startedAt) / 1000);
  await pool.close();
  return perSecond;
}
