import type { Measure } from '../measure.js';
import { withServer } from '../serverProcess.js';
import { syncCommand } from '../syncCommand.js';

/** Peak memory of the whole command, and what its outbox takes on the disk. */
export const memory: Measure = {
  lines: {
    peak: {
      what: 'peak memory of the command, 1,000,000 rows',
      unit: 'MB',
      digits: 0,
      better: 'less',
      must: 300,
      aim: 200,
    },
    small: { what: '… 100,000 rows', unit: 'MB', digits: 0, better: 'less' },
    ratio: { what: '… ratio', unit: '', digits: 2, better: 'less', must: 1.1 },
    outbox: {
      what: 'outbox after 1,000,000 rows',
      unit: 'bytes a row',
      digits: 0,
      better: 'less',
      must: 300,
      aim: 200,
    },
  },
  async round({ feeds, scale }) {
    const [few, many] = [100_000 / scale, 1_000_000 / scale];
    const measured = async (rows: number) => {
      const feed = await feeds.make('even', rows);
      return withServer({}, ({ url }) => syncCommand(url, feed));
    };
    const small = await measured(few);
    const large = await measured(many);
    return {
      peak: large.peakMegabytes,
      small: small.peakMegabytes,
      ratio: large.peakMegabytes / small.peakMegabytes,
      outbox: large.outboxBytes / many,
    };
  },
};
