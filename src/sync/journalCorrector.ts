import type { Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import type { DeliveryState } from './deliveryState.js';
import type { JournalFields } from './correctedJournal.js';
import type { Unrun } from './routes/route.js';

/**
 * Gives failed journals new content that a person has decided on, and makes them Pending.
 *
 * A PATCH is sent like a journal. The intent is on disk first, so that a process that later finds the journal Pending
 * knows that it may run it. After a lost answer nothing happens within the settle window, because a late PATCH would
 * make a journal Pending that has been run meanwhile.
 */
export class JournalCorrector {
  readonly #state: DeliveryState;

  constructor(state: DeliveryState) {
    this.#state = state;
  }

  /** Returns those that can be run now. They are unknown until they have run. */
  async mend(all: readonly Unrun[]): Promise<Unrun[]> {
    const mended: Unrun[] = [];
    for (const unrun of all) {
      if (this.#state.isOver) break;
      const item = await this.#mendOne(unrun);
      if (item) mended.push({ item, journal: unrun.journal });
    }
    return mended;
  }

  async #mendOne({ item, journal }: Unrun): Promise<OutboxItem | undefined> {
    const { clock, journals } = this.#state;
    const asked = await this.#state.ask(() => journals.mended(item));
    if ('failure' in asked) {
      return this.#settled({ item, to: 'unknown', until: clock.monotonic(), failure: asked.failure });
    }
    const { answer } = asked;
    if ('missing' in answer) return this.#settled(cannotBeMended(item, journal, 'UNMENDABLE', answer.missing));
    return this.#send({ item, journal }, answer.fields);
  }

  /** Returns undefined for an item that a correction has replaced, or that cannot be run now. */
  async #send({ item, journal }: Unrun, fields: JournalFields): Promise<OutboxItem | undefined> {
    const { clock, delivery, journals } = this.#state;
    const [sent] = (await delivery.repack([item])).items;
    if (!sent) return undefined;
    const failure = await this.#state.underWay([sent], async () => {
      const barred = await this.#state.mayLeave();
      if (barred) {
        await this.#settled({ item: sent, to: 'unknown', until: clock.monotonic(), failure: barred, neverLeft: true });
        return 'barred';
      }
      const result = await attempt(1, () => journals.mend(journal.Id, fields));
      return 'failure' in result ? result.failure : undefined;
    });
    if (failure === 'barred') return undefined;
    if (failure) return this.#settleFailure({ item: sent, journal }, failure);
    await this.#settled({ item: sent, to: 'unknown', until: clock.monotonic() });
    return { ...sent, state: 'unknown' };
  }

  #settleFailure({ item, journal }: Unrun, failure: Failure): Promise<undefined> {
    const { clock, pace } = this.#state;
    const reason = stopReason(failure);
    if (reason) this.#state.stop(reason);
    if (failure.kind === 'refused' || failure.kind === 'tooLarge') {
      const message = `could not be given the new content of ${item.key}: ${failure.message}`;
      return this.#settled(cannotBeMended(item, journal, failure.code ?? 'REFUSED', message));
    }
    pace.failed(waitAfter(failure));
    const isKnown = failure.kind !== 'unknown' && failure.nothingStored;
    const until = isKnown ? clock.monotonic() : this.#state.windowFromNow();
    return this.#settled({ item, to: 'unknown', until, failure: itemFailure(failure), neverLeft: isKnown });
  }

  async #settled(outcome: Outcome): Promise<undefined> {
    await this.#state.settle([outcome]);
  }
}

function cannotBeMended(item: OutboxItem, { Id }: Unrun['journal'], code: string, reason: string): Outcome {
  return { item, to: 'parked', code, journalId: Id, message: `The org's journal ${Id} ${reason}` };
}
