import type { JournalRow } from '../client/index.js';
import type { OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, stopReason, waitAfter, type Failure } from './attempt.js';
import type { Course } from './course.js';
import { foundOutcome } from './journals.js';

/**
 * Finds out what became of items whose answer was lost, and of items that the org may have from elsewhere.
 *
 * - **absent**: ready, to be sent.
 * - **Processed** and the like: done. **Error**: refused, with the org's description.
 * - **Pending**: the org holds the journal and has not run it, so it is run now by its Id, with the same care as a new
 *   one: the intent is stored first, and after a lost answer nothing is done within the settle window. Of each member
 *   only the first is run; the others wait for it.
 */
export class Resolver {
  public constructor(private readonly course: Course) {}

  /** Settles unknown items whose time has come. Those that cannot be looked up stay as they are. */
  public async resolve(items: readonly OutboxItem[]): Promise<void> {
    const { journals, delivery, pace } = this.course;
    const found = await this.course.ask(() => journals.lookUp(items));
    if (!found) return;
    await this.course.settle(
      items.flatMap((item) => {
        const journal = found.get(item.seq);
        return journal ? (foundOutcome(item, journal) ?? []) : { item, to: 'ready', until: 0 };
      }),
    );
    const pending = items.filter(({ seq }) => found.get(seq)?.Status === 'Pending');
    if (pending.length === 0) return;
    const first = await delivery.firstUnknown(pending);
    for (let at = 0, size = pace.batchSize; at < first.length && !this.course.isOver; at += size) {
      await this.run(first.slice(at, at + size), found);
    }
  }

  private async run(items: readonly OutboxItem[], found: Map<number, JournalRow>): Promise<void> {
    const { clock, delivery, journals, pace } = this.course;
    const batch = await delivery.repack(items, clock.now());
    this.course.requests += 1;
    const ids = items.flatMap(({ seq }) => found.get(seq)?.Id ?? []);
    const executed = await attempt(ids.length, () => journals.executeExisting(ids));
    if ('failure' in executed) return this.settleFailure(batch.items, executed.failure);
    pace.answered(clock.now() - batch.sentAt);
    return this.course.settle(batch.items.map((item) => ({ item, to: 'done', journalId: found.get(item.seq)?.Id })));
  }

  private async settleFailure(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const { clock, pace, settleWindow } = this.course;
    const reason = stopReason(failure);
    if (reason) this.course.stop(reason);
    switch (failure.kind) {
      case 'unknown':
        pace.failed(waitAfter(failure));
        return this.wait(items, clock.now() + settleWindow);
      case 'stop':
        return this.wait(items, clock.now());
      case 'later':
        if (isLocal(failure)) return this.wait(items, pace.retryAt(1, waitAfter(failure)));
        pace.failed(waitAfter(failure));
        return this.wait(items, clock.now());
      case 'tooLarge':
      case 'refused':
        return items.length === 1 ? this.refuse(items, failure) : this.halve(items);
    }
  }

  /** Nobody knows which one the org meant, and some may have run: each half is looked up again before it is run. */
  private async halve(items: readonly OutboxItem[]): Promise<void> {
    await this.wait(items, this.course.clock.now());
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (!this.course.isOver) await this.resolve(half);
    }
  }

  /** The only journal of a request was refused, unless a last look finds that it ran nevertheless. */
  private async refuse(items: readonly OutboxItem[], { code, message }: Failure): Promise<void> {
    const found = await this.course.ask(() => this.course.journals.lookUp(items));
    if (!found) return this.wait(items, this.course.clock.now());
    return this.course.settle(
      items.map(
        (item) => foundOutcome(item, found.get(item.seq)) ?? { item, to: 'refused', code: code ?? 'REFUSED', message },
      ),
    );
  }

  private wait(items: readonly OutboxItem[], until: number): Promise<void> {
    return this.course.settle(items.map((item) => ({ item, to: 'unknown', until })));
  }
}
