import type { Spread } from '../feedFiles.js';
import type { Measure } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';

const rows = 200_000;

/** From the file to settled, with 200 journals in a request, in an org that answers at once. */
export function throughput(spread: Spread, goal: { readonly must: number; readonly aim: number }): Measure {
  const what = `${rows.toLocaleString('en')} rows from CSV to settled, K=200, ${spread} members`;
  return {
    lines: {
      rate: { what, unit: 'rows/s', digits: 0, better: 'more', ...goal },
      processor: {
        ...{ what: '… processor time of the sync', unit: 'µs a row', digits: 1, better: 'less' },
        ...(spread === 'even' && { must: 33, aim: 16 }),
      },
    },
    async round({ feeds, scale }) {
      const feed = await feeds.make(spread, rows / scale);
      const { seconds, processorSeconds } = await withServer({}, ({ url }) => runSync(url, feed));
      return { rate: feed.rows / seconds, processor: (processorSeconds / feed.rows) * 1e6 };
    },
  };
}
