import type { Batch, Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, basePause, stopReason, type Failure } from './attempt.js';
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
 * - **later**: ready again after a pause.
 * - **unknown**: unknown until the settle window has passed.
 * - **stop**: ready again, and the run ends: everything else would fail in the same way.
 *
 * Wherever a failure may have stored something, its keys are looked up before anything else happens to them.
 */
export class Sender {
  public constructor(private readonly course: Course) {}

  /** Sends a batch whose intent is stored, and stores what became of every item in it. */
  public async send(batch: Batch): Promise<void> {
    const { clock, journals, pace } = this.course;
    const { items } = batch;
    const startedAt = clock.now();
    const result = await attempt(items.length, () => journals.execute(items));
    if ('failure' in result) return this.settleFailure(batch, result.failure);
    pace.answered(clock.now() - startedAt);
    return this.course.settle(settledBy(result.answer, items));
  }

  private async settleFailure(batch: Batch, failure: Failure): Promise<void> {
    const { items } = batch;
    const reason = stopReason(failure);
    if (reason) this.course.stop(reason);
    if (failure.kind === 'unknown' || failure.kind === 'later') this.course.pace.trouble();
    switch (failure.kind) {
      case 'unknown':
        return this.course.settle(this.unknown(batch));
      case 'stop':
        return this.giveBack(items);
      case 'later':
        return this.withAbsent(items, failure, (absent) => this.pause(absent, basePause(failure)));
      case 'tooLarge':
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
    const looked = await attempt(items.length, () => this.course.journals.lookUp(items));
    const found = 'answer' in looked ? looked.answer : undefined;
    const absent = items.filter(({ seq }) => found && !found.has(seq));
    // Without a window: the org has answered this request, so that a look-up can be trusted at any time.
    const now = this.course.clock.now();
    await this.course.settle(
      items
        .filter((item) => !absent.includes(item))
        .map((item) => foundOutcome(item, found?.get(item.seq)) ?? { item, to: 'unknown', until: now }),
    );
    if (absent.length > 0) await goOn(absent);
  }

  /** A request of one has been refused for its item. Of several, nobody knows which item the org meant. */
  private async refuseOrHalve(items: readonly OutboxItem[], sent: number, { code, message }: Failure): Promise<void> {
    if (sent === 1) {
      return this.course.settle(items.map((item) => ({ item, to: 'refused', code: code ?? 'REFUSED', message })));
    }
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (this.course.stopped) await this.giveBack(half);
      else if (half.length > 0) await this.send(await this.course.delivery.repack(half, this.course.clock.now()));
    }
  }

  private pause(items: readonly OutboxItem[], pause: number): Promise<void> {
    const { pace } = this.course;
    return this.course.settle(items.map((item) => ({ item, to: 'ready', until: pace.retryAt(item.attempts, pause) })));
  }

  private giveBack(items: readonly OutboxItem[]): Promise<void> {
    return this.course.settle(items.map((item) => ({ item, to: 'ready', until: 0 })));
  }

  private unknown({ items, sentAt }: Batch): Outcome[] {
    return items.map((item) => ({ item, to: 'unknown', until: sentAt + this.course.settleWindow }));
  }
}
