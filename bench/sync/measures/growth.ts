import type { Measure, MeasureOptions, RoundValues } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';

const goal = { unit: '×', digits: 2, better: 'less', must: 10.5, aim: 10.2 } as const;

/** The time for ten times the rows, without the start of the process. */
export const growth: Measure = {
  lines: {
    tenfold: { what: 'time for 300,000 rows, beside 30,000', ...goal },
    hundredfold: { what: 'time for 3,000,000 rows, beside 300,000', ...goal },
  },
  async round(options): Promise<RoundValues> {
    const few = await secondsFor(30_000, options);
    const more = await secondsFor(300_000, options);
    if (!options.large) return { tenfold: more / few };
    return { tenfold: more / few, hundredfold: (await secondsFor(3_000_000, options)) / more };
  },
};

async function secondsFor(rows: number, { feeds, scale }: MeasureOptions): Promise<number> {
  const feed = await feeds.make('even', rows / scale);
  return (await withServer({}, ({ url }) => runSync(url, feed))).seconds;
}
