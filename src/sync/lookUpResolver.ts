import type { ItemFailure, Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import type { DeliveryState } from './deliveryState.js';
import { foundJournal } from './judgeFound.js';
import type { FoundVerdict } from './judgeFound.js';
import { JournalCorrector } from './journalCorrector.js';
import { requestStatus } from './requestStatus.js';
import type { FailedItem, Unrun, RouteAnswer } from './routes/route.js';

/** An unrun journal whose intent to run is stored. */
interface Running extends Unrun {
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
    const { absentCountsFrom, clock } = this.#state;
    const askedAt = clock.monotonic();
    const verdicts = await this.#lookUp(items);
    if (!verdicts) return;
    // Another process may still have a request in progress. What is absent or has not run is looked up again.
    const tooEarly = askedAt < absentCountsFrom;
    const waiting = this.#stillInDoubt(verdicts, askedAt);
    const sure = new Map([...verdicts].filter(([item]) => !waiting.has(item)));
    await this.#state.settle([
      ...[...waiting].map(([item, until]) => ({ item, to: 'unknown', until }) as const),
      ...[...sure].flatMap(([item, verdict]): readonly Outcome[] => {
        if (verdict.is === 'settled') return [verdict.outcome];
        if (tooEarly && verdict.is !== 'mend') return [{ item, to: 'unknown', until: absentCountsFrom }];
        return verdict.is === 'absent' ? [{ item, to: 'ready', until: 0 }] : [];
      }),
    ]);
    await this.#runFound(await this.#mender.mend(unrun(sure, 'mend')));
    if (!tooEarly) await this.#runFound(unrun(sure, 'pending'));
  }

  /** Items whose request may still be under way, and when to look again: only what is done by now is sure. */
  #stillInDoubt(verdicts: ReadonlyMap<OutboxItem, FoundVerdict>, askedAt: number): Map<OutboxItem, number> {
    const { doubts } = this.#state;
    return new Map(
      [...verdicts].flatMap(([item, verdict]) => {
        if (verdict.is === 'settled' && verdict.outcome.to === 'done') return [];
        const next = doubts.nextLook(item, askedAt);
        return next === undefined ? [] : [[item, next] as const];
      }),
    );
  }

  /**
   * Runs journals that this process has just inserted. The intent of the insert covers this request, too: a process that
   * dies now leaves them sent, and the next one looks them up and finds them Pending.
   */
  async runInserted(all: readonly Unrun[]): Promise<void> {
    const { clock, route } = this.#state;
    for (let at = 0; at < all.length; at += route.mostRun) {
      const part = all.slice(at, at + route.mostRun);
      const barred = this.#state.isOver ? ended : await this.#state.mayLeave(part.length);
      const items = part.map(({ item }) => item);
      if (barred) await this.#wait(items, clock.monotonic(), barred);
      else await this.#runNow(part.map((unrun) => ({ ...unrun, sent: unrun.item })));
    }
  }

  async #lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict> | undefined> {
    const asked = await this.#state.ask(() => this.#state.route.lookUp(items));
    if ('answer' in asked) return asked.answer;
    await this.#wait(items, this.#state.clock.monotonic(), asked.failure);
    return undefined;
  }

  async #runFound(all: readonly Unrun[]): Promise<void> {
    if (all.length === 0) return;
    const { delivery, pace, route } = this.#state;
    const firsts = new Set(await delivery.firstUnknown(all.map(({ item }) => item)));
    const first = all.filter(({ item }) => firsts.has(item));
    for (
      let at = 0, size = Math.min(pace.batchSize, route.mostRun);
      at < first.length && !this.#state.isOver;
      at += size
    ) {
      await this.#run(first.slice(at, at + size));
    }
  }

  async #run(all: readonly Unrun[]): Promise<void> {
    const { items } = await this.#state.delivery.repack(all.map(({ item }) => item));
    // Items that were corrected meanwhile are not among them.
    const unrun = items.flatMap((item) =>
      all.filter((each) => each.item.seq === item.seq).map((each) => ({ ...each, sent: item })),
    );
    if (unrun.length === 0) return;
    await this.#state.underWay(items, async () => {
      const barred = await this.#state.mayLeave(items.length);
      if (barred) return this.#waitUnsent(items, barred);
      return this.#runNow(unrun);
    });
  }

  async #runNow(unrun: readonly Running[]): Promise<void> {
    const { clock, route } = this.#state;
    const startedAt = clock.monotonic();
    this.#state.requested();
    const executed = await attempt(unrun.length, () =>
      route.run(unrun.map(({ sent, journal }) => ({ item: sent, journal }))),
    );
    const milliseconds = clock.monotonic() - startedAt;
    this.#state.watch.request({ journals: unrun.length, milliseconds, ...requestStatus(executed) });
    if ('failure' in executed) {
      return this.#settleFailure(
        unrun.map(({ sent }) => sent),
        executed.failure,
      );
    }
    this.#state.answered(milliseconds);
    await this.#settleAnswer(unrun, executed.answer);
  }

  async #settleAnswer(unrun: readonly Running[], { outcomes, failed = [] }: RouteAnswer): Promise<void> {
    const strange = new Set(unrun.flatMap(({ item }) => (item.attempts === 0 ? item.seq : [])));
    const isFound = (outcome: Outcome): boolean => outcome.to === 'done' && strange.has(outcome.item.seq);
    const done = outcomes.map((outcome) => (isFound(outcome) ? ({ ...outcome, found: true } as Outcome) : outcome));
    // What was inserted right now is the first that the org confirms; what a look-up has found needs no other one.
    const isInserted = unrun.every(({ item, sent }) => item === sent);
    await this.#state.settle(isInserted ? await this.#state.confirmed(done) : withJournals(done, unrun));
    const refused = failed.filter(({ failure }) => failure.kind === 'refused');
    if (refused.length > 0) await this.#refuse(refused);
    const others = failed.filter(({ failure }) => failure.kind !== 'refused');
    for (const group of Map.groupBy(others, ({ failure }) => failure.code).values()) {
      const items = group.map(({ item }) => item);
      for (const { failure } of group.slice(0, 1)) await this.#settleFailure(items, failure);
    }
  }

  /** Leaves the items unknown. Nothing was sent. */
  #waitUnsent(items: readonly OutboxItem[], failure: ItemFailure): Promise<void> {
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
        pace.lost(waitAfter(failure));
        return this.#wait(items, this.#state.doubt(items), because);
      case 'stop':
        return this.#wait(items, clock.monotonic(), because);
      case 'later':
        if (isLocal(failure)) return this.#wait(items, pace.retryAt(mostAttempts(items), waitAfter(failure)), because);
        pace.failed(waitAfter(failure));
        return this.#wait(items, clock.monotonic(), because);
      case 'tooLarge':
      case 'refused':
        return items.length === 1
          ? this.#refuse(items.map((item) => ({ item, failure })))
          : this.#halve(items, because);
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

  /** Refuses journals that failed alone, unless a last look finds that they have run. */
  async #refuse(failed: readonly FailedItem[]): Promise<void> {
    const verdicts = await this.#lookUp(failed.map(({ item }) => item));
    if (!verdicts) return;
    return this.#state.settle(
      failed.map(({ item, failure: { code, message } }) => {
        const verdict = verdicts.get(item) ?? { is: 'absent' };
        return verdict.is === 'settled'
          ? verdict.outcome
          : refusedAs(item, verdict, { code: code ?? 'REFUSED', message });
      }),
    );
  }

  #wait(items: readonly OutboxItem[], until: number, failure: ItemFailure): Promise<void> {
    return this.#state.settle(items.map((item) => ({ item, to: 'unknown', until, failure })));
  }
}

/** Each further attempt waits longer. */
function mostAttempts(items: readonly OutboxItem[]): number {
  return Math.max(1, ...items.map(({ attempts }) => attempts));
}

/** Why a journal that was inserted is not run now. */
const ended: ItemFailure = { code: 'ENDED', message: 'The run ended before the journal that was inserted had run.' };

/** Returns the outcome of a journal that the org holds and refuses to run. */
function refusedAs(item: OutboxItem, verdict: FoundVerdict, because: ItemFailure): Outcome {
  if (!('journal' in verdict)) return { item, to: 'refused', ...because };
  const { journal } = verdict;
  return { item, to: 'refused', ...because, journalId: journal.Id, journals: foundJournal(journal) };
}

/** Adds the journals that were run, which the org has had before. */
function withJournals(outcomes: readonly Outcome[], unrun: readonly Unrun[]): Outcome[] {
  const journals = new Map(unrun.map(({ item, journal }) => [item.seq, foundJournal(journal)]));
  return outcomes.map((outcome) =>
    outcome.to === 'done' ? { ...outcome, journals: journals.get(outcome.item.seq) } : outcome,
  );
}

function unrun(verdicts: ReadonlyMap<OutboxItem, FoundVerdict>, is: 'pending' | 'mend'): Unrun[] {
  return [...verdicts].flatMap(([item, verdict]) =>
    verdict.is === is && 'journal' in verdict ? { item, journal: verdict.journal } : [],
  );
}
