import type { Batch, ItemFailure, Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import { outcomesOfAnswer } from './judgeAnswer.js';
import type { DeliveryState } from './deliveryState.js';
import { judgeFound } from './judgeFound.js';

/** A request failed. */
interface Failed {
  readonly failure: Failure;
  /** Items that were refused together and are certainly not in the org. They must be sent in parts. */
  readonly absent: readonly OutboxItem[];
}

/**
 * Sends one request and handles its answer.
 *
 * - **done**: every item is done.
 * - **refused**, one item: the item is refused. Several items: the request has ended, but some items may be in the org.
 *   All keys are looked up, items that are found are judged, and absent items are sent again **by halves**, so that one
 *   bad row is found in few requests and does not take good rows with it. A refusal that every row would meet ends the
 *   run.
 * - **too large**: the items are sent by halves.
 * - **later**: the items are ready again after a pause. A locked row pauses these items, an org in trouble pauses
 *   everything.
 * - **unknown**: the items are unknown until the settle window has passed. It starts when the client stopped listening.
 * - **stop**: the items are ready again and the run ends, because everything else would fail in the same way.
 *
 * If a failure may have stored something, the keys are looked up before anything else happens to them.
 */
export class Sender {
  readonly #state: DeliveryState;

  constructor(state: DeliveryState) {
    this.#state = state;
  }

  /** Sends a batch whose intent is stored, and stores the outcome of every item. */
  async send({ items }: Batch): Promise<void> {
    const failed = await this.#sendOnce(items);
    if (!failed) return;
    if (items.length === 1) this.#state.refusedAlone([failed.failure]);
    else await this.#halve(failed);
  }

  /** Sends a part again, without items that were corrected meanwhile. */
  async #sendAgain(part: readonly OutboxItem[]): Promise<Failed | undefined> {
    const { items } = await this.#state.delivery.repack(part);
    return items.length === 0 ? undefined : this.#sendOnce(items);
  }

  async #sendOnce(items: readonly OutboxItem[]): Promise<Failed | undefined> {
    return this.#state.underWay(items.length, async () => {
      const barred = await this.#state.mayLeave();
      if (!barred) return this.#sendNow(items);
      await this.#keepBack(items, barred);
      return undefined;
    });
  }

  async #sendNow(items: readonly OutboxItem[]): Promise<Failed | undefined> {
    const { clock, journals } = this.#state;
    const startedAt = clock.monotonic();
    this.#state.requested();
    const result = await attempt(items.length, () => journals.execute(items));
    if ('failure' in result) return this.#settleFailure(items, result.failure);
    this.#state.answered(clock.monotonic() - startedAt);
    const confirmed = outcomesOfAnswer(result.answer, items, (id) => journals.isJournalId(id));
    await this.#state.settle(this.#state.isControlled ? confirmed : await this.#state.control(confirmed));
    return undefined;
  }

  async #settleFailure(items: readonly OutboxItem[], failure: Failure): Promise<Failed> {
    const { pace } = this.#state;
    const reason = stopReason(failure);
    if (reason) this.#state.stop(reason);
    if (failure.kind === 'unknown') {
      pace.failed(waitAfter(failure));
      await this.#doubt(items, failure);
      return { failure, absent: [] };
    }
    if (failure.kind === 'tooLarge') pace.tooLarge(items.length);
    const absent = failure.nothingStored ? items : await this.#absentOf(items, failure);
    if (failure.kind === 'stop') await this.#giveBack(absent, failure);
    else if (failure.kind === 'later') await this.#pause(absent, failure);
    else if (items.length === 1) await this.#refuse(absent, failure);
    else return { failure, absent };
    return { failure, absent: [] };
  }

  /** Returns the items that are certainly not in the org, after settling those that are. */
  async #absentOf(items: readonly OutboxItem[], failure: Failure): Promise<OutboxItem[]> {
    const asked = await this.#state.ask(() => this.#state.journals.lookUp(items));
    // No settle window: the org has answered this request, so a look-up is reliable right away.
    const now = this.#state.clock.monotonic();
    const because = itemFailure(failure);
    if ('failure' in asked) {
      await this.#state.settle(items.map((item) => ({ item, to: 'unknown', until: now, failure: because })));
      return [];
    }
    const judged = items.map((item) => {
      const found = asked.answer.get(item.seq);
      return { item, verdict: found && judgeFound(item, found, this.#state.runPending) };
    });
    await this.#state.settle(
      judged.flatMap(({ item, verdict }) => {
        if (!verdict || verdict.is === 'absent') return [];
        if (verdict.is === 'settled') return this.#isCopy(failure) ? asFound(verdict.outcome) : verdict.outcome;
        return { item, to: 'unknown', until: now, failure: because };
      }),
    );
    return judged.flatMap(({ item, verdict }) => (!verdict || verdict.is === 'absent' ? item : []));
  }

  /**
   * Sends items that were refused together in halves, because the answer does not tell which one the org meant. Large
   * parts go first, so that a refusal that every row would meet shows in both halves at once.
   */
  async #halve(first: Failed): Promise<void> {
    const open: Failed[] = [first];
    for (let whole = open.shift(); whole; whole = open.shift()) {
      const failed: Failed[] = [];
      for (const part of halvesOf(whole.absent)) {
        if (this.#state.isOver) await this.#giveBack(part, whole.failure);
        else failed.push(...asList(await this.#sendAgain(part)));
      }
      this.#state.refusedAlone(failed.map(({ failure }) => failure));
      open.push(...failed);
    }
  }

  /**
   * Refuses the items. A copy that the org refuses and no look-up finds is never sent again, because nobody knows where
   * the first one is.
   */
  #refuse(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const { code: given, message } = failure;
    const code = given ?? 'REFUSED';
    if (!this.#isCopy(failure)) {
      return this.#state.settle(items.map((item) => ({ item, to: 'refused', code, message })));
    }
    const lost = (key: string): string => `The org refuses ${key} as a copy, but no look-up finds it. ${message}`;
    return this.#state.settle(items.map((item) => ({ item, to: 'parked', code, message: lost(item.key) })));
  }

  /** Tells whether the org refused a second journal with the same key. */
  #isCopy({ code }: Failure): boolean {
    return code === 'DUPLICATE_VALUE' && this.#state.journals.hasUniqueField;
  }

  async #pause(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    if (items.length === 0) return;
    const { pace } = this.#state;
    if (!isLocal(failure)) {
      pace.failed(waitAfter(failure));
      return this.#giveBack(items, failure);
    }
    pace.trouble();
    // One time for all items. Items that become ready one by one would be sent one by one.
    const until = pace.retryAt(Math.max(...items.map(({ attempts }) => attempts)), waitAfter(failure));
    return this.#giveBack(items, failure, until);
  }

  #giveBack(items: readonly OutboxItem[], failure: Failure, until = 0): Promise<void> {
    return this.#state.settle(items.map((item) => ({ item, to: 'ready', until, failure: itemFailure(failure) })));
  }

  /** Makes the items ready again. Nothing was sent. */
  #keepBack(items: readonly OutboxItem[], failure: ItemFailure): Promise<void> {
    return this.#state.settle(items.map((item) => ({ item, to: 'ready', until: 0, failure, neverLeft: true })));
  }

  #doubt(items: readonly OutboxItem[], failure: Failure): Promise<void> {
    const until = this.#state.windowFromNow();
    return this.#state.settle(items.map((item) => ({ item, to: 'unknown', until, failure: itemFailure(failure) })));
  }
}

function halvesOf(items: readonly OutboxItem[]): OutboxItem[][] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0);
}

/** Returns the outcome for a copy that the org refused: the item was found, unless this outbox had sent it before. */
function asFound(outcome: Outcome): Outcome {
  return outcome.to === 'done' && outcome.item.attempts <= 1 ? { ...outcome, found: true } : outcome;
}

function asList<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
