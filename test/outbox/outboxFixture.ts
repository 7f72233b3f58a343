import type { BareItem, IntakeChunk, ItemState, OutboxItem, Outcome, SqliteOutbox } from '../../src/outbox/index.js';
import { itemStates } from '../../src/outbox/index.js';
import type { Transaction } from '../../src/transaction.js';

export const allStates: readonly ItemState[] = itemStates;
const nobodyAbsent = { code: '', message: (): string => '' };

/** A stretch of a feed: these transactions, from line 2 on. */
export function chunk(
  run: string,
  transactions: readonly Transaction[],
  { firstLine = 2, ...rest }: Partial<IntakeChunk> & { firstLine?: number } = {},
): IntakeChunk {
  return {
    run,
    feed: 'till.csv',
    transactions: transactions.map((transaction, index) => ({ line: index + firstLine, transaction })),
    rejections: [],
    skipped: 0,
    endedGroups: [],
    position: null,
    complete: false,
    lookUpFirst: false,
    acceptsRepeats: false,
    ...rest,
  };
}

/** Records that the program has every member that has not been looked up. */
export async function findAll({ delivery }: SqliteOutbox): Promise<void> {
  await delivery.checkedMembers(await delivery.uncheckedMembers(1000), [], nobodyAbsent);
}

/** Begins a run with these transactions, whose members have been found. Returns its id. */
export async function filled(outbox: SqliteOutbox, transactions: readonly Transaction[]): Promise<string> {
  const { id } = await outbox.runs.begin({ program: 'Harbour Rewards' });
  await outbox.intake.accept(chunk(id, transactions));
  await findAll(outbox);
  return id;
}

/** Returns the items of the next request. */
export async function packed({ delivery }: SqliteOutbox, size = 200): Promise<readonly OutboxItem[]> {
  const [batch] = await delivery.pack({ size, atLeast: 1, count: 1, now: 1000 });
  return batch?.items ?? [];
}

export function done<Item extends BareItem>(item: Item, journalId = '0lV1'): Outcome<Item> {
  return { item, to: 'done', journalId, found: false };
}

export function refused(item: OutboxItem, code = 'NO'): Outcome {
  return { item, to: 'refused', code, message: 'Never.' };
}
