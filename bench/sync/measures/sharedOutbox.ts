import { PostgresServer } from '../../../test/support/postgresServer.js';
import type { Measure, RoundValues } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';

const rows = 100_000;
const what = `${rows.toLocaleString('en')} rows with an outbox in PostgreSQL, K=200, even members`;

/** One process that delivers from a shared outbox, beside the same with an outbox in a file. The two take turns. */
export const sharedOutbox: Measure = {
  lines: {
    share: { what: `${what}: rate beside SQLite`, unit: 'share', digits: 2, better: 'more', must: 0.4 },
    rate: { what: '… rows a second', unit: 'rows/s', digits: 0, better: 'more' },
    bytes: { what: '… database after the end', unit: 'bytes a row', digits: 0, better: 'less' },
    statements: { what: '… statements', unit: 'for 1,000 rows', digits: 1, better: 'less' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('even', rows / scale);
    await using server = await PostgresServer.start({ flushes: true });
    const outbox = await server.createDatabase();
    const seconds = async (place?: string): Promise<number> =>
      (await withServer({}, ({ url }) => runSync(url, feed, { outbox: place }))).seconds;
    const inTurn = number % 2 === 0 ? [outbox, undefined] : [undefined, outbox];
    const times = new Map<string | undefined, number>();
    for (const place of inTurn) times.set(place, await seconds(place));
    const shared = times.get(outbox) ?? NaN;
    return {
      share: (times.get(undefined) ?? NaN) / shared,
      rate: feed.rows / shared,
      ...(await sizes(server, feed.rows)),
    };
  },
};

async function sizes(server: PostgresServer, rowCount: number): Promise<RoundValues> {
  const [row] = await server.query(
    'test1',
    `SELECT pg_total_relation_size('loyalty_outbox.change') + pg_total_relation_size('loyalty_outbox.snapshot_part')
       AS bytes, (SELECT change FROM loyalty_outbox.outbox) AS changes`,
  );
  // A change is one statement. Those of leases, snapshots and the opening do not grow with the rows.
  return { bytes: Number(row?.['bytes']) / rowCount, statements: (Number(row?.['changes']) / rowCount) * 1000 };
}
