import type { Batch, OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, stopReason, waitAfter, type Failure } from './attempt.js';
import type { Course } from './course.js';
import { foundOutcome, settledBy } from './journals.js';

/**
 * One request and what follows from its answer.
 *
 * - **done**: every item is done.
 * - **refused**, one item: the item is refused. Several: the org has answered, so nothing is under way any more, but
 *   some may be in. All keys are looked up, what is there is done, and what is absent is sent again **by halves**, so
 *   that one bad row is found in few requests and takes no good one with it.
 * - **too large**: sent by halves.
 * - **later**: ready again, after a pause of these items for a lock, of everything for an org that is in trouble.
 * - **unknown**: unknown until the settle window has passed, which begins when we stopped listening.
 * - **stop**: ready again, and the run ends: everything else would fail in the same way.
 *
 * Wherever a failure may have stored something, its keys are looked up before anything else happens to them.
 */
export class Sender {
  public constructor(private readonly course: Course) {}

  /** Sends a batch whose intent is stored, and stores what became of every item in it. */
  public async send({ items }: Batch): Promise<void> {
    const { clock, journals, pace } = this.course;
    const startedAt = clock.now();
    this.course.requests += 1;
    const result = await attempt(items.length, () => journals.execute(items));
    if ('failure' in result) return this.settleFailure(items, result.failure);
    pace.answered(clock.now() - startedAt);
    return this.course.settle(settledBy(result.answer, items));
  }

  private async settleFailure(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const { pace } = this.course;
    const reason = stopReason(failure);
    if (reason) this.course.stop(reason);
    switch (failure.kind) {
      case 'unknown':
        pace.failed(waitAfter(failure));
        return this.doubt(items);
      case 'stop':
        return this.withAbsent(items, failure, (absent) => this.giveBack(absent));
      case 'later':
        return this.withAbsent(items, failure, (absent) => this.pause(absent, failure));
      case 'tooLarge':
        pace.tooLarge(items.length);
        return this.withAbsent(items, failure, (absent) => this.refuseOrHalve(absent, items.length, failure));
      case 'refused':
        return this.withAbsent(items, failure, (absent) => this.refuseOrHalve(absent, items.length, failure));
    }
  }

  /** Goes on with the items that are certainly not in the org, after settling those that are. */
  private async withAbsent(
    items: readonly OutboxItem[],
    { nothingStored }: { readonly nothingStored: boolean },
    goOn: (absent: readonly OutboxItem[]) => Promise<void>,
  ): Promise<void> {
    if (nothingStored) return goOn(items);
    const found = await this.course.ask(() => this.course.journals.lookUp(items));
    const absent = new Set(items.filter(({ seq }) => found && !found.has(seq)));
    // Without a window: the org has answered this request, so that a look-up can be trusted at any time.
    const now = this.course.clock.now();
    await this.course.settle(
      items
        .filter((item) => !absent.has(item))
        .map((item) => foundOutcome(item, found?.get(item.seq)) ?? { item, to: 'unknown', until: now }),
    );
    if (absent.size > 0) await goOn([...absent]);
  }

  /** A request of one has been refused for its item. Of several, nobody knows which item the org meant. */
  private async refuseOrHalve(items: readonly OutboxItem[], sent: number, { code, message }: Failure): Promise<void> {
    if (sent === 1) {
      return this.course.settle(items.map((item) => ({ item, to: 'refused', code: code ?? 'REFUSED', message })));
    }
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (this.course.isOver) await this.giveBack(half);
      else if (half.length > 0) await this.send(await this.course.delivery.repack(half, this.course.clock.now()));
    }
  }

  private pause(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const { pace } = this.course;
    if (!isLocal(failure)) {
      pace.failed(waitAfter(failure));
      return this.giveBack(items);
    }
    pace.trouble();
    // One time for all: items that come back one by one would be sent one by one.
    return this.giveBack(items, pace.retryAt(Math.max(...items.map(({ attempts }) => attempts)), waitAfter(failure)));
  }

  private giveBack(items: readonly OutboxItem[], until = 0): Promise<void> {
    return this.course.settle(items.map((item) => ({ item, to: 'ready', until })));
  }

  private doubt(items: readonly OutboxItem[]): Promise<void> {
    const until = this.course.clock.now() + this.course.settleWindow;
    return this.course.settle(items.map((item) => ({ item, to: 'unknown', until })));
  }
}
