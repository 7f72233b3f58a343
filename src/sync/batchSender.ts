import { failedJournalsVerdict } from '../client/index.js';
import type { Batch, ItemFailure, Outcome, OutboxItem } from '../outbox/index.js';
import { attempt, isLocal, itemFailure, stopReason, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import type { DeliveryState, Unanswered } from './deliveryState.js';
import type { FoundVerdict } from './judgeFound.js';
import type { LookUpResolver } from './lookUpResolver.js';
import { requestStatus } from './requestStatus.js';
import type { FailedItem, RouteAnswer, RouteRequest } from './routes/route.js';

/** What became of a request. */
interface Sent {
  /** Whether all of its items are settled for good, so that later items of their members may follow. */
  readonly isOver: boolean;
  readonly failed?: Failed | undefined;
}

/** A request failed. */
interface Failed {
  readonly failure: Failure;
  /** Items that were refused together and are certainly not in the org. They must be sent in parts. */
  readonly absent: readonly OutboxItem[];
}

const waits: Sent = { isOver: false };

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
 * - **unknown**: the items are unknown until a look-up finds them, or the settle window has passed. It starts when the
 *   client stopped listening.
 * - **stop**: the items are ready again and the run ends, because everything else would fail in the same way.
 *
 * If a failure may have stored something, the keys are looked up before anything else happens to them.
 */
export class BatchSender {
  readonly #state: DeliveryState;
  readonly #resolver: LookUpResolver;

  /** @param resolver runs what a request has only inserted */
  constructor(state: DeliveryState, resolver: LookUpResolver) {
    this.#state = state;
    this.#resolver = resolver;
  }

  /**
   * Sends a batch whose intent is stored, and stores the outcome of every item.
   * @param answered called when the request has succeeded, before its outcome is stored: another one may follow
   */
  async send({ items }: Batch, answered: () => void): Promise<void> {
    const { failed } = await this.#sendOnce(items, answered);
    if (!failed) return;
    if (items.length === 1) this.#state.refusedAlone([failed.failure]);
    else await this.#sendInParts(failed);
  }

  /** Makes the items of a batch ready again that will not be sent. */
  async takeBack({ items }: Batch): Promise<void> {
    await this.#state.settle(items.map((item) => ({ item, to: 'ready', until: 0, neverLeft: true })));
  }

  /** Sends a part again, without items that were corrected meanwhile. */
  async #sendAgain(part: readonly OutboxItem[]): Promise<Sent> {
    const { items } = await this.#state.delivery.repack(part);
    return items.length === 0 ? { isOver: true } : this.#sendOnce(items);
  }

  async #sendOnce(items: readonly OutboxItem[], answered?: () => void): Promise<Sent> {
    const prepared = await this.#prepare(items);
    const barred = 'failure' in prepared ? prepared.failure : await this.#state.mayLeave(items.length, true);
    if (!barred && 'answer' in prepared) {
      return this.#state.underWay(items, () => this.#sendNow(items, prepared.answer, answered));
    }
    if (barred) await this.#keepBack(items, barred);
    return waits;
  }

  async #prepare(items: readonly OutboxItem[]): Promise<{ readonly answer: RouteRequest } | Unanswered> {
    const request = this.#state.route.prepare(items);
    return typeof request === 'function' ? { answer: request } : this.#state.ask(() => request);
  }

  async #sendNow(items: readonly OutboxItem[], request: RouteRequest, answered?: () => void): Promise<Sent> {
    const { clock } = this.#state;
    const startedAt = clock.monotonic();
    this.#state.requested();
    const result = await attempt(items.length, request, failedJournalsVerdict);
    const milliseconds = clock.monotonic() - startedAt;
    this.#state.watch.request({ journals: items.length, milliseconds, ...requestStatus(result) });
    if ('failure' in result) return this.#settleFailure(items, result.failure);
    const { outcomes, unrun = [], failed = [] }: RouteAnswer = result.answer;
    this.#state.answered(milliseconds, outcomes.length + unrun.length > 0);
    if (unrun.length === 0 && this.#state.isControlled) answered?.();
    await this.#state.settle(await this.#state.confirmed(outcomes));
    if (unrun.length > 0) await this.#resolver.runInserted(unrun);
    if (failed.length > 0) await this.settleFailed(failed);
    return { isOver: true };
  }

  /** Settles items that failed alone. The others of their request have succeeded. */
  async settleFailed(failed: readonly FailedItem[]): Promise<void> {
    if (this.#state.refusedAlone(failed.map(({ failure }) => failure))) {
      await Promise.all(failed.map(({ item, failure }) => this.#giveBack([item], failure)));
      return;
    }
    const groups = Map.groupBy(failed, ({ item, failure }) => (failure.kind === 'refused' ? item.seq : failure.code));
    const settled = [...groups.values()].flatMap((group) => {
      const items = group.map(({ item }) => item);
      return group.slice(0, 1).map(({ failure }) => this.#settleFailure(items, failure));
    });
    for (const { failed: again } of await Promise.all(settled)) if (again) await this.#sendInParts(again);
  }

  async #settleFailure(items: readonly OutboxItem[], failure: Failure): Promise<Sent> {
    const { pace } = this.#state;
    const reason = stopReason(failure);
    if (reason) this.#state.stop(reason);
    if (failure.kind === 'unknown') {
      pace.lost(waitAfter(failure));
      await this.#doubt(items, failure);
      return { isOver: false, failed: { failure, absent: [] } };
    }
    if (failure.kind === 'tooLarge') pace.tooLarge(items.length);
    const absent = failure.nothingStored ? items : await this.#absentOf(items, failure);
    if (failure.kind === 'stop') await this.#giveBack(absent, failure);
    else if (failure.kind === 'later') await this.#pause(absent, failure);
    else if (items.length > 1) return { isOver: false, failed: { failure, absent } };
    else await this.#refuse(absent, failure);
    const isOver = failure.kind === 'refused' && absent.length > 0 && !this.#isCopy(failure);
    return { isOver, failed: { failure, absent: [] } };
  }

  /** Returns the items that are certainly not in the org, after settling those that are. */
  async #absentOf(items: readonly OutboxItem[], failure: Failure): Promise<OutboxItem[]> {
    const asked = await this.#state.ask(() => this.#state.route.lookUp(items));
    // No settle window: the org has answered this request, so a look-up is reliable right away.
    const now = this.#state.clock.monotonic();
    const because = itemFailure(failure);
    if ('failure' in asked) {
      await this.#state.settle(items.map((item) => ({ item, to: 'unknown', until: now, failure: because })));
      return [];
    }
    const judged = [...asked.answer].map(([item, verdict]) => ({ item, verdict }));
    const absent = judged.flatMap(({ item, verdict }) => (verdict.is === 'absent' ? item : []));
    const open = judged.flatMap(({ item, verdict }) => ('journal' in verdict ? item : []));
    const parked = judged.flatMap(({ item, verdict }) => (isParked(verdict) ? item : []));
    const blocked = new Set([...open, ...parked].map(memberOf));
    // With several items of one member in a request, the later ones wait for one that the org has not run.
    const behind = absent.filter((item) => blocked.has(memberOf(item)));
    await this.#state.settle([
      ...judged.flatMap(({ verdict }) => {
        if (verdict.is !== 'settled') return [];
        return this.#isCopy(failure) ? asFound(verdict.outcome) : verdict.outcome;
      }),
      ...open.map((item) => ({ item, to: 'unknown', until: now, failure: because }) as const),
      ...behind.map((item) => ({ item, to: 'ready', until: 0, failure: because }) as const),
    ]);
    return absent.filter((item) => !blocked.has(memberOf(item)));
  }

  /**
   * Sends items that were refused together in halves, because the answer does not tell which one the org meant. Large
   * parts go first, so that a refusal that every row would meet shows in both halves at once. Several items of one
   * member are sent one by one, in their order.
   */
  async #sendInParts(first: Failed): Promise<void> {
    const open: Failed[] = [first];
    for (let whole = open.shift(); whole; whole = open.shift()) {
      const members = [...Map.groupBy(whole.absent, memberOf).values()];
      if (members.length <= 1) {
        await this.#sendOneByOne(whole);
        continue;
      }
      const failed: Failed[] = [];
      for (const part of halvesOf(members)) {
        if (this.#state.isOver) await this.#giveBack(part, whole.failure);
        else failed.push(...asList((await this.#sendAgain(part)).failed));
      }
      this.#state.refusedAlone(failed.map(({ failure }) => failure));
      open.push(...failed);
    }
  }

  /** Sends items of one member. If one is not settled for good, the later ones wait for it. */
  async #sendOneByOne({ absent, failure }: Failed): Promise<void> {
    let isOver = true;
    for (const item of absent) {
      if (!isOver || this.#state.isOver) {
        await this.#giveBack([item], failure);
        continue;
      }
      const sent = await this.#sendAgain([item]);
      this.#state.refusedAlone(asList(sent.failed).map((failed) => failed.failure));
      isOver = sent.isOver;
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
    const until = this.#state.doubt(items);
    return this.#state.settle(items.map((item) => ({ item, to: 'unknown', until, failure: itemFailure(failure) })));
  }
}

/** Returns the items of the first members, about half of all items, and those of the others. */
function halvesOf(members: readonly (readonly OutboxItem[])[]): OutboxItem[][] {
  const middle = Math.ceil(members.length / 2);
  return [members.slice(0, middle).flat(), members.slice(middle).flat()];
}

function isParked(verdict: FoundVerdict): boolean {
  return verdict.is === 'settled' && verdict.outcome.to === 'parked';
}

/** Members are compared without case. */
function memberOf({ member }: OutboxItem): string {
  return member.toLowerCase();
}

/** Returns the outcome for a copy that the org refused: the item was found, unless this outbox had sent it before. */
function asFound(outcome: Outcome): Outcome {
  return outcome.to === 'done' && outcome.item.attempts <= 1 ? { ...outcome, found: true } : outcome;
}

function asList<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
