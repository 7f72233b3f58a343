import type { LoyaltyClient } from '../../client/index.js';
import { dayInZone, nearExpiry, openInsight, readProgramFacts } from '../../insight/index.js';
import type { ExpiryQuestion, NearReward } from '../../insight/index.js';
import type { Shutdown } from '../shutdown.js';
import { refreshInsight } from './refreshInsight.js';
import type { RefreshSpinner } from './refreshInsight.js';

/** The cache to read from, and how it is brought up to date. */
export interface ExpirySource {
  readonly client: LoyaltyClient;
  readonly program: string;
  /** File of the cache. */
  readonly path: string;
  readonly signal: AbortSignal;
  readonly unheard: Shutdown['unheard'];
  readonly spinner: RefreshSpinner;
}

/** Yields members whose points are about to expire, after it has brought the cache up to date. */
export async function* expiryRows(
  { client, program, path, signal, unheard, spinner }: ExpirySource,
  question: Omit<ExpiryQuestion, 'today'>,
): AsyncGenerator<NearReward, void, void> {
  const { Id: programId } = await client.programs.get(program);
  using cache = await openInsight({ client, programId, path });
  await refreshInsight(spinner, { client, cache, signal });
  const facts = await readProgramFacts(client, programId);
  const today = dayInZone(client.orgTime ?? Date.now(), cache.owner.zone);
  const rows = nearExpiry(client, { cache, facts }, { ...question, today });
  // It computes before it first waits.
  const first = await unheard(() => rows.next());
  if (first.done === true) return;
  yield first.value;
  yield* rows;
}
