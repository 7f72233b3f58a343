import { SqliteOutbox } from '../../src/outbox/index.js';
import type { IntakeChunk, ItemReport, Outcome } from '../../src/outbox/index.js';
import type { Transaction } from '../../src/transaction.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { expectToAddUp } from '../sync/org/counts.js';
import { allStates, chunk, done, findAll, packed, refused } from './outboxFixture.js';

export const coffee = purchase('1', 'A1');
export const tea = purchase('1', 'A1', 'tea');
export const otherMember = purchase('1', 'B2');
/** The same purchase, but another detail. */
export const stored: Transaction = { ...coffee, journal: { ...coffee.journal, Store__c: 'Pier 1' } };
export const absent = { code: 'UNKNOWN_MEMBER', message: (member: string): string => `No ${member}.` };

export type Rest = Partial<IntakeChunk> & { firstLine?: number };

/** An outbox with its runs, and methods for everything in the table. */
export class Till implements AsyncDisposable {
  readonly outbox = SqliteOutbox.inMemory();
  readonly #runs: string[] = [];

  get run(): string {
    return this.#runs.at(-1)!;
  }

  async begin(): Promise<this> {
    this.#runs.push((await this.outbox.runs.begin({})).id);
    return this;
  }

  async reads(transactions: readonly Transaction[], rest: Rest = {}): Promise<void> {
    await this.outbox.intake.accept(chunk(this.run, transactions, rest));
    await this.addsUp();
  }

  /** Prepares a run: a key that was read and, if it was sent, what became of it. */
  static async with(settle?: (till: Till) => Promise<void>): Promise<Till> {
    const till = await new Till().begin();
    await till.reads([coffee]);
    await findAll(till.outbox);
    await settle?.(till);
    return till.begin();
  }

  async settle(outcome: (item: Awaited<ReturnType<typeof packed>>[number]) => Outcome): Promise<void> {
    await this.outbox.delivery.settle((await packed(this.outbox)).map(outcome));
    await this.addsUp();
  }

  /** Returns the counts of the run that are not zero, except the rows read. */
  async counts(): Promise<Record<string, number>> {
    const { transactions, items } = await this.outbox.runs.counts(this.run);
    const all = Object.entries({ ...items, ...transactions }).filter(([name]) => name !== 'made' && name !== 'sentNow');
    return Object.fromEntries(all.filter(([, count]) => count > 0));
  }

  get lines(): string[] {
    return [...this.outbox.runs.lines(this.run)].map(({ kind, feed, line }) => `${kind} ${feed}:${line}`);
  }

  /** Returns the items of a run: state, member, and content. */
  items(run = this.run): string[] {
    return [...this.outbox.runs.items(run, allStates)].map(
      ({ state, origin, member }: ItemReport) => `${origin} ${state} ${member}`,
    );
  }

  /** Returns what would be looked up at that time, and then what would be sent. */
  async queue(now = 0): Promise<{ lookUp: string[]; send: string[] }> {
    await findAll(this.outbox);
    const due = await this.outbox.delivery.dueUnknown(now, 10);
    const sent = await packed(this.outbox);
    await this.outbox.delivery.settle(sent.map((item) => ({ item, to: 'ready', until: 0 })));
    return { lookUp: due.map(say), send: sent.map(say) };
  }

  async addsUp(): Promise<void> {
    for (const run of this.#runs) expectToAddUp(await this.outbox.runs.counts(run));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.addsUp();
    await this.outbox.close();
  }
}

export function say({ member, journal }: { member: string; journal: Transaction['journal'] }): string {
  return [member, journal['Item__c'], journal['Store__c']].filter((each) => each !== undefined).join(' ');
}

export const nothing = { lookUp: [], send: [] };
export const isDone = (till: Till): Promise<void> => till.settle((item) => done(item));
export const isRefused = (till: Till): Promise<void> => till.settle((item) => refused(item));
export const inDoubt = (till: Till): Promise<void> => till.settle((item) => ({ item, to: 'unknown', until: 500 }));
export const isSent = async (till: Till): Promise<void> => {
  await packed(till.outbox);
};
export const ends =
  (to: 'parked' | 'conflictInOrg' | 'doubled') =>
  (till: Till): Promise<void> =>
    till.settle((item) => ({ item, to, journalId: '0lV9', code: 'ODD', message: 'The org has something.' }));

/** Refused, because its member did not exist when it was read. */
export async function hadNoMember({ outbox }: Till): Promise<void> {
  const sent = await packed(outbox);
  await outbox.delivery.settle(sent.map((item) => ({ item, to: 'ready', until: 0 })));
  await outbox.delivery.recover(0);
  await outbox.delivery.checkedMembers([], ['A1'], absent);
}
