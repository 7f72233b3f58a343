import type { ServerLog } from '../answeringServer.js';
import { fewestRoundTrips } from '../bestPossible.js';
import { rowsByMember } from '../feedFiles.js';
import type { Measure } from '../measure.js';
import { withServer } from '../serverProcess.js';
import type { RunningServer } from '../serverProcess.js';
import { StartedCommand } from '../syncCommand.js';
import { latency } from './slowOrg.js';

const batchSize = 200;
const share = 0.95;

/** When 95 % of a skewed feed are settled, beside the best possible, as the server sees it. */
export function slowOrgSkewed(concurrency: number, allRows: number): Measure {
  const goal = { unit: '× the best', digits: 3, better: 'less', must: 1.15, aim: 1.05 } as const;
  const feedText = `org of ${latency} ms, skewed members, C=${concurrency}, ${allRows.toLocaleString('en')} rows`;
  return {
    lines: {
      fromStart: { what: `${feedText}, 95 % settled, from the start of the process`, ...goal },
      fromFirst: { what: '… from the first send', ...goal },
      best: { what: '… the best possible', unit: 's', digits: 1, better: 'less' },
      requests: { what: '… requests with journals until then', unit: '', digits: 0, better: 'less' },
    },
    async round({ feeds, scale }) {
      const feed = await feeds.make('skewed', allRows / scale);
      const members = await rowsByMember(feed);
      const best = fewestRoundTrips({ members, concurrency, batchSize, share }) * latency;
      return withServer({ latency }, async (server) => {
        await using command = await StartedCommand.start(server.url, feed, ['--concurrency', String(concurrency)]);
        const { log, settledAt } = await whenSettled(server, command, feed.rows * share);
        return {
          fromStart: (settledAt - command.startedAt) / best,
          fromFirst: (settledAt - log.firstSentAt) / best,
          best: best / 1000,
          requests: log.answers.length,
        };
      });
    },
  };
}

/**
 * Waits until so many journals have been answered. The rest of the longest queues, which would take many minutes, is not
 * waited for.
 */
async function whenSettled(server: RunningServer, command: StartedCommand, wanted: number) {
  for (;;) {
    const state = await command.wait(1000);
    const log = await server.log();
    const settledAt = timeOfShare(log, wanted);
    if (settledAt !== undefined) return { log, settledAt };
    if (state === 'ended') await command.end();
    if (state === 'ended') throw new Error('The command ended before 95 % of the rows were settled.');
  }
}

/** Returns when so many journals had been answered, or undefined if they are not yet. */
function timeOfShare({ answers }: ServerLog, wanted: number): number | undefined {
  let settled = 0;
  for (const [at, journals] of answers) {
    settled += journals;
    if (settled >= wanted) return at;
  }
  return undefined;
}
