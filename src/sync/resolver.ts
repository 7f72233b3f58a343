import type { JournalRow } from '../client/index.js';
import type { OutboxItem } from '../outbox/index.js';
import { attempt, stopReason, type Failure } from './attempt.js';
import type { Course } from './course.js';
import { foundOutcome } from './journals.js';

/** Milliseconds before a look-up that failed is asked again. */
const lookUpPause = 1000;

/** Finds out what became of items whose answer was lost, and of items that the org may have from elsewhere. */
export class Resolver {
  public constructor(private readonly course: Course) {}

  /**
   * Settles unknown items whose time has come: absent ones are ready again, and journals that the org holds but has
   * not run are run now. A member may stand in `items` several times; only its first pending journal is run.
   */
  public async resolve(items: readonly OutboxItem[]): Promise<void> {
    const looked = await attempt(items.length, () => this.course.journals.lookUp(items));
    if ('failure' in looked) return this.postpone(items, looked.failure, 0);
    const found = looked.answer;
    await this.course.settle(
      items.flatMap((item) => {
        const journal = found.get(item.seq);
        return journal ? (foundOutcome(item, journal) ?? []) : { item, to: 'ready', until: 0 };
      }),
    );
    const pending = items.filter(({ seq }) => found.get(seq)?.Status === 'Pending');
    if (pending.length > 0) await this.run(firstOfEachMember(pending), found);
  }

  /** If the answer to this is lost as well, the journal's status tells after another window whether it ran. */
  private async run(items: readonly OutboxItem[], found: Map<number, JournalRow>): Promise<void> {
    const ids = items.flatMap(({ seq }) => found.get(seq)?.Id ?? []);
    const executed = await attempt(items.length, () => this.course.journals.executeExisting(ids));
    if ('answer' in executed) {
      return this.course.settle(items.map((item) => ({ item, to: 'done', journalId: found.get(item.seq)?.Id })));
    }
    const { failure } = executed;
    if (failure.kind !== 'refused') return this.postpone(items, failure, this.course.settleWindow);
    if (items.length > 1) {
      for (const item of items) await this.run([item], found);
      return;
    }
    const { code, message } = failure;
    return this.course.settle(items.map((item) => ({ item, to: 'refused', code: code ?? 'REFUSED', message })));
  }

  /** `window`: milliseconds for which the call may still be carried out if its answer was lost. */
  private postpone(items: readonly OutboxItem[], failure: Failure, window: number): Promise<void> {
    const { clock, pace } = this.course;
    const reason = stopReason(failure);
    if (reason) this.course.stop(reason);
    const earliest = failure.kind === 'unknown' ? clock.now() + window : 0;
    const until = Math.max(earliest, pace.retryAt(1, lookUpPause));
    return this.course.settle(items.map((item) => ({ item, to: 'unknown', until })));
  }
}

function firstOfEachMember(items: readonly OutboxItem[]): OutboxItem[] {
  const first = new Map<string, OutboxItem>();
  for (const item of items) if (!first.has(item.member)) first.set(item.member, item);
  return [...first.values()];
}
