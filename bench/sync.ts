import PQueue from 'p-queue';
import { Pool } from 'undici';
import { message, say, secondsOf, start, whole } from './processes.js';

interface Measurement {
  readonly rows: number;
  readonly done: number;
  readonly intakeSeconds: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

interface Load {
  readonly rows: number;
  readonly members: number;
  readonly batchSize?: number;
  readonly concurrency?: number;
}

const feeds = [10_000, 200_000].map((rows) => ({ rows, members: rows / 10 }));
const smallHeap = ['--max-old-space-size=48', '--max-semi-space-size=2'];

/** Measures how fast, and with how much memory, a feed becomes settled journals in an org that accepts everything. */
export async function benchSync(): Promise<void> {
  say('\nFrom CSV to settled, 200 journals in a request');
  for (const load of feeds) await withServer((url) => fromCsv(url, load));

  say('\nThe same with a heap of 48 MB: memory that grew with the feed would not fit');
  for (const load of feeds) {
    await withServer(async (url) => {
      const { peakMegabytes } = await measure(url, load, smallHeap);
      say(`  ${whole(load.rows).padStart(8)} rows: peak ${peakMegabytes.toFixed(0)} MB`);
    });
  }

  say('\nOne journal in a request, 16 at a time, beside an undici Pool that posts the same bodies');
  for (const round of [1, 2, 3]) await withServer((url) => besidePool(url, round));
}

async function fromCsv(url: string, load: Load): Promise<void> {
  const { done, seconds, intakeSeconds, peakMegabytes } = await measure(url, load);
  say(
    `  ${whole(load.rows).padStart(8)} rows: ${whole(load.rows / seconds)} rows/s (${intakeSeconds.toFixed(1)} s reading, ` +
      `${(seconds - intakeSeconds).toFixed(1)} s delivering ${whole(done)}), peak ${peakMegabytes.toFixed(0)} MB`,
  );
}

async function besidePool(url: string, round: number): Promise<void> {
  const sync = await measure(url, { rows: 10_000, members: 5000, batchSize: 1, concurrency: 16 });
  const ours = sync.done / (sync.seconds - sync.intakeSeconds);
  const raw = await postAll(url);
  say(`  round ${round}: sync ${whole(ours)}/s, Pool ${whole(raw)}/s, ratio ${(ours / raw).toFixed(2)}`);
}

async function measure(url: string, load: Load, nodeOptions: readonly string[] = []): Promise<Measurement> {
  const { rows, members, batchSize = 200, concurrency = 8 } = load;
  return message(start('oneSync.ts', [url, rows, members, batchSize, concurrency].map(String), nodeOptions));
}

async function withServer(work: (url: string) => Promise<void>): Promise<void> {
  const server = start('answeringServer.ts');
  const port = await message<number>(server);
  try {
    await work(`http://127.0.0.1:${port}`);
  } finally {
    server.disconnect();
  }
}

/** Posts the bodies that the sync sent, as fast as undici can over as many connections. Returns requests per second. */
async function postAll(url: string): Promise<number> {
  const bodies = (await (await fetch(`${url}/bodies`)).text()).split('\n');
  const pool = new Pool(url, { connections: 16, allowH2: false });
  const queue = new PQueue({ concurrency: 16 });
  const post = async (body: string): Promise<void> => {
    const response = await pool.request({
      method: 'POST',
      path: '/services/data/v66.0/connect/realtime/loyalty/programs/Harbour%20Rewards',
      headers: { 'content-type': 'application/json', authorization: 'Bearer 00D9z0000000001!bench' },
      body,
    });
    JSON.parse(await response.body.text());
  };
  const seconds = await secondsOf(() => queue.addAll(bodies.map((body) => () => post(body))));
  await pool.close();
  return bodies.length / seconds;
}
