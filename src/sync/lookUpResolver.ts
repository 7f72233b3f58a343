import type { ItemFailure, Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import type { DeliveryState } from './deliveryState.js';
import { foundJournal, judgeFound } from './judgeFound.js';
import type { FoundVerdict } from './judgeFound.js';
import { JournalCorrector } from './journalCorrector.js';
import type { Held } from './journalCorrector.js';
import { requestStatus } from './requestStatus.js';

/** The same, after its intent is stored. */
interface Running extends Held {
  readonly sent: OutboxItem;
}

/**
 * Finds out what became of items whose answer was lost, and of items that the org may have from another sender.
 *
 * Absent items are ready to be sent. Found items are judged by {@link judgeFound}. A journal that the org holds and has
 * not run is run by its Id, as carefully as a new one is sent: the intent is stored first, and after a lost answer
 * nothing is done within the settle window. Only the first journal of each member is run; the others wait for it.
 */
export class LookUpResolver {
  readonly #state: DeliveryState;
  readonly #mender: JournalCorrector;

  constructor(state: DeliveryState) {
    this.#state = state;
    this.#mender = new JournalCorrector(state);
  }

  /** Settles unknown items whose time has come. Items that cannot be looked up are not changed. */
  async resolve(items: readonly OutboxItem[]): Promise<void> {
    const verdicts = await this.#lookUp(items);
    if (!verdicts) return;
    const { absentCountsFrom, clock } = this.#state;
    // Another process may still have a request in progress. What is absent or has not run is looked up again.
    const tooEarly = clock.monotonic() < absentCountsFrom;
    await this.#state.settle(
      [...verdicts].flatMap(([item, verdict]) => {
        if (verdict.is === 'settled') return verdict.outcome;
        if (tooEarly && verdict.is !== 'mend') return { item, to: 'unknown', until: absentCountsFrom };
        return verdict.is === 'absent' ? { item, to: 'ready', until: 0 } : [];
      }),
    );
    await this.#runHeld(await this.#mender.mend(held(verdicts, 'mend')));
    if (!tooEarly) await this.#runHeld(held(verdicts, 'pending'));
  }

  async #lookUp(items: readonly OutboxItem[]): Promise<Map<OutboxItem, FoundVerdict> | undefined> {
    const { journals, runPending } = this.#state;
    const asked = await this.#state.ask(() => journals.lookUp(items));
    if ('failure' in asked) {
      await this.#wait(items, this.#state.clock.monotonic(), asked.failure);
      return undefined;
    }
    return new Map(
      items.map((item) => {
        const found = asked.answer.get(item.seq);
        return [item, found ? judgeFound(item, found, runPending) : { is: 'absent' }];
      }),
    );
  }

  async #runHeld(all: readonly Held[]): Promise<void> {
    if (all.length === 0) return;
    const { delivery, pace } = this.#state;
    const firsts = new Set(await delivery.firstUnknown(all.map(({ item }) => item)));
    const first = all.filter(({ item }) => firsts.has(item));
    for (let at = 0, size = pace.batchSize; at < first.length && !this.#state.isOver; at += size) {
      await this.#run(first.slice(at, at + size));
    }
  }

  async #run(all: readonly Held[]): Promise<void> {
    const { items } = await this.#state.delivery.repack(all.map(({ item }) => item));
    // Items that were corrected meanwhile are not among them.
    const held = items.flatMap((item) =>
      all.filter((each) => each.item.seq === item.seq).map((each) => ({ ...each, sent: item })),
    );
    if (held.length === 0) return;
    await this.#state.underWay(items.length, async () => {
      const barred = await this.#state.mayLeave();
      if (barred) return this.#keepBack(items, barred);
      return this.#runNow(held);
    });
  }

  async #runNow(held: readonly Running[]): Promise<void> {
    const { clock, journals } = this.#state;
    const startedAt = clock.monotonic();
    this.#state.requested();
    const ids = held.map(({ journal }) => journal.Id);
    const executed = await attempt(held.length, () => journals.executeExisting(ids));
    const milliseconds = clock.monotonic() - startedAt;
    this.#state.watch.request({ journals: held.length, milliseconds, ...requestStatus(executed) });
    if ('failure' in executed) {
      return this.#settleFailure(
        held.map(({ sent }) => sent),
        executed.failure,
      );
    }
    this.#state.answered(milliseconds);
    return this.#state.settle(
      held.map(({ item, journal, sent }) => ({
        item: sent,
        to: 'done',
        journalId: journal.Id,
        found: item.attempts === 0,
      })),
    );
  }

  /** Makes the items ready again. Nothing was sent. */
  #keepBack(items: readonly OutboxItem[], failure: ItemFailure): Promise<void> {
    const until = this.#state.clock.monotonic();
    return this.#state.settle(items.map((item) => ({ item, to: 'unknown', until, failure, neverLeft: true })));
  }

  async #settleFailure(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const { clock, pace } = this.#state;
    const reason = stopReason(failure);
    if (reason) this.#state.stop(reason);
    const because = itemFailure(failure);
    switch (failure.kind) {
      case 'unknown':
        pace.failed(waitAfter(failure));
        return this.#wait(items, this.#state.windowFromNow(), because);
      case 'stop':
        return this.#wait(items, clock.monotonic(), because);
      case 'later':
        if (isLocal(failure)) return this.#wait(items, pace.retryAt(1, waitAfter(failure)), because);
        pace.failed(waitAfter(failure));
        return this.#wait(items, clock.monotonic(), because);
      case 'tooLarge':
      case 'refused':
        return items.length === 1 ? this.#refuse(items, failure) : this.#halve(items, because);
    }
  }

  /**
   * Looks up and runs each half separately. The answer does not tell which journal the org meant, and some may have
   * run.
   */
  async #halve(items: readonly OutboxItem[], because: ItemFailure): Promise<void> {
    await this.#wait(items, this.#state.clock.monotonic(), because);
    const middle = Math.ceil(items.length / 2);
    for (const half of [items.slice(0, middle), items.slice(middle)]) {
      if (!this.#state.isOver) await this.resolve(half);
    }
  }

  /** Refuses the only journal of a request, unless a last look finds that it has run. */
  async #refuse(items: readonly OutboxItem[], { code, message }: Failure): Promise<void> {
    const verdicts = await this.#lookUp(items);
    if (!verdicts) return;
    return this.#state.settle(
      [...verdicts].map(([item, verdict]) =>
        verdict.is === 'settled' ? verdict.outcome : refusedAs(item, verdict, { code: code ?? 'REFUSED', message }),
      ),
    );
  }

  #wait(items: readonly OutboxItem[], until: number, failure: ItemFailure): Promise<void> {
    return this.#state.settle(items.map((item) => ({ item, to: 'unknown', until, failure })));
  }
}

/** Returns the outcome of a journal that the org holds and refuses to run. */
function refusedAs(item: OutboxItem, verdict: FoundVerdict, because: ItemFailure): Outcome {
  if (!('journal' in verdict)) return { item, to: 'refused', ...because };
  const { journal } = verdict;
  return { item, to: 'refused', ...because, journalId: journal.Id, journals: foundJournal(journal) };
}

function held(verdicts: ReadonlyMap<OutboxItem, FoundVerdict>, is: 'pending' | 'mend'): Held[] {
  return [...verdicts].flatMap(([item, verdict]) =>
    verdict.is === is && 'journal' in verdict ? { item, journal: verdict.journal } : [],
  );
}
