import { message, start } from '../../processes.js';
import type { LivePushes, LiveTask } from '../livePushes.js';
import type { Measure } from '../measure.js';
import { withServer } from '../serverProcess.js';

/** How long the org takes for each request, in milliseconds. */
const latency = 50;

/** Transactions that are pushed to a service. */
export const live: Measure = {
  lines: {
    median: { what: 'live, org of 50 ms, one push every 100 ms, until the org has answered, median', ...within(200) },
    most: { what: '… 99 of 100 within', ...within(200) },
    accepted: {
      what: 'live, accepted durably while all is delivered, one process',
      ...{ unit: 'pushes/s', digits: 0, better: 'more', must: 2000 },
    },
  },
  async round({ scale }) {
    const { quiet, accepted } = await withServer({ latency }, ({ url }) => {
      const task: LiveTask = { url, quiet: 300 / scale, many: 40_000 / scale };
      return message<LivePushes>(start('sync/livePushes.ts', [JSON.stringify(task)]));
    });
    const sorted = quiet.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
    return { median: at(0.5), most: at(0.99), accepted };
  },
};

function within(milliseconds: number) {
  return { unit: 'ms', digits: 0, better: 'less', must: milliseconds } as const;
}
