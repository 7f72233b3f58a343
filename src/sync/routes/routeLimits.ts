import { internalBatch } from '../bulk/arrangeRows.js';
import { defaults } from '../syncOptions.js';
import type { SyncOptions } from '../syncOptions.js';
import { mostInJob, mostInRequest } from './chooseRoute.js';

/** How a run packs and sends. */
export type RouteLimits = Pick<SyncOptions, 'prefer'> & {
  readonly batchSize: number;
  readonly concurrency: number;
  readonly perMember: number;
};

/**
 * A batch of the bulk route takes everything that was read, with all transactions of a member. There is one at a time,
 * because a batch job runs whatever is Pending.
 */
export function routeLimits(options: SyncOptions): RouteLimits {
  const { route = defaults.route, concurrency = defaults.concurrency, perMember = defaults.perMember } = options;
  if (route === 'bulk') return { prefer: 'calls', batchSize: mostInJob, concurrency: 1, perMember: internalBatch };
  const batchSize = Math.min(options.batchSize ?? defaults.batchSize, mostInRequest[route]);
  return { prefer: options.prefer, batchSize, concurrency, perMember };
}
