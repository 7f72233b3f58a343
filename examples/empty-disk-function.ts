/**
 * A function that wakes up with an empty disk, handles an event, and is frozen or thrown away: a Lambda, a Cloud
 * Function, a Heroku one-off. Its outbox lives only as long as the call, so what it may promise depends on what the org
 * can prove. `docs/middleware.md` has the table.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { SqliteOutbox, SyncService } from 'sf-plugin-loyalty/sync';
import type { EmptyOutbox, Transaction } from 'sf-plugin-loyalty/sync';

export interface FunctionSettings {
  readonly orgUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly program: string;
  /** Level 2: the field by which the org refuses copies. */
  readonly uniqueField?: string | undefined;
  /** Level 0: what to do about keys that the empty outbox does not know. */
  readonly emptyOutbox?: EmptyOutbox | undefined;
  /** Milliseconds that the function may take for the delivery. Leave a few seconds for the rest. */
  readonly milliseconds: number;
}

/** What was not settled in time. The caller must deliver the event again: throwing makes most platforms do so. */
export class NotSettledError extends Error {
  override readonly name = 'NotSettledError';

  constructor(readonly keys: readonly string[]) {
    super(`Not settled in time: ${keys.join(', ')}. Deliver the event again.`);
  }
}

/**
 * Delivers the transactions of an event, and returns what became of each. It may be called again with the same event:
 * the key of a transaction must come from the event, not from the call.
 * @throws {NotSettledError} if the event must be delivered again
 */
export async function handler(
  event: { readonly transactions: readonly Transaction[] },
  { orgUrl, clientId, clientSecret, program, milliseconds, ...levels }: FunctionSettings,
): Promise<Record<string, string>> {
  const client = await LoyaltyClient.connect({ instanceUrl: orgUrl, clientId, clientSecret });
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-function-'));
  try {
    await using outbox = await SqliteOutbox.open(join(folder, 'outbox.sqlite'));
    const service = await SyncService.open({
      ...{ client, program, outbox, source: 'till', ...levels },
      // It ends when its time is over, or as soon as it knows that waiting would take longer than that.
      ...{ signal: AbortSignal.timeout(milliseconds), wait: milliseconds, flushAfter: 0 },
    });
    await Promise.all(event.transactions.map((transaction) => service.push(transaction)));
    await service.drain();
    const all = await Promise.all(event.transactions.map(({ key }) => service.outcome(key)));
    const open = all.flatMap((outcome) => (outcome?.isOpen && outcome.is !== 'parked' ? outcome.key : []));
    if (open.length > 0) throw new NotSettledError(open);
    return Object.fromEntries(all.flatMap((outcome) => (outcome ? [[outcome.key, outcome.is]] : [])));
  } finally {
    await rm(folder, { recursive: true });
  }
}
