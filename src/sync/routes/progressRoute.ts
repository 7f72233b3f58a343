import { verdict } from '../../client/index.js';
import type { LoyaltyClient, ProgressIncrement, UsagePosition } from '../../client/index.js';
import type { Increments, Outcome, OutboxItem, ProgressBefore } from '../../outbox/index.js';
import type { RouteInput } from '../../transaction.js';
import { failureOf } from '../attempt.js';
import type { FoundVerdict } from '../judgeFound.js';
import { incrementVerdict } from '../traces/incrementVerdict.js';
import type { MemberIds } from '../memberIds.js';
import { changedProgress } from './changedProgress.js';
import { ItemPromotions } from './cumulativePromotions.js';
import { otherRoute } from './otherRoute.js';
import { refusedItem } from './recordWriter.js';
import { neverRun } from './route.js';
import type { Drafts, FailedItem, Route, RouteAnswer, RouteRequest } from './route.js';

/** As many as records of a collection. */
export const mostIncrements = 200;

export interface ProgressContext {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly memberIds: MemberIds;
  readonly increments: Increments;
  /** @throws {OutboxTakenError} if another process may hold the outbox already */
  readonly mustBeOurs: () => void;
}

const byName: RouteInput = 'UsageIncrementForCumulativePromotion';

interface Advance {
  readonly item: OutboxItem;
  readonly increment: ProgressIncrement;
}

interface Advances {
  readonly advances: readonly Advance[];
  readonly unwritten: readonly FailedItem[];
}

/** The same for members who may be absent. */
interface DraftedAdvance {
  readonly item: OutboxItem;
  readonly increment: Omit<ProgressIncrement, 'memberId'> & { readonly memberId: string | undefined };
}

interface DraftedAdvances extends Pick<Advances, 'unwritten'> {
  readonly advances: readonly DraftedAdvance[];
}

/**
 * Advances cumulative promotions by the action `updateProgressForCumulativePromotionUsage`. The action has no key and
 * leaves no journal, so the position before it is stored before it is sent, and {@link incrementVerdict} compares it after
 * a lost answer. If somebody else has changed it, a person decides. What another route has made ready or refused is
 * compared, too, before it is sent: that route cannot know whether it counted. The items of a member go one after the
 * other, so that none of them is that somebody.
 */
export class ProgressRoute implements Route {
  readonly mostRun = 1;
  readonly leavesNoJournal = true;
  readonly #context: ProgressContext;
  readonly #promotions: ItemPromotions;

  constructor(context: ProgressContext) {
    this.#context = context;
    this.#promotions = new ItemPromotions(context.client, context.program);
  }

  async draft(items: readonly OutboxItem[]): Promise<Drafts> {
    const { advances, unwritten } = await this.#draftsOf(items);
    const drafts = advances.map(({ item, increment: { memberId = null, promotionId, by } }) => ({
      item,
      sent: { loyaltyProgramMemberId: memberId, promotionId, usageIncrementForCumulativePromotion: by },
    }));
    return { drafts, failed: unwritten };
  }

  async prepare(items: readonly OutboxItem[]): Promise<RouteRequest> {
    const { client, increments, mustBeOurs } = this.#context;
    const known = await increments.of(items.map(({ seq }) => seq));
    const verdicts = known.size > 0 ? await this.lookUp(items) : new Map<OutboxItem, FoundVerdict>();
    const outcomes = [...verdicts.values()].flatMap((each) => (each.is === 'settled' ? each.outcome : []));
    const left = items.filter((item) => verdicts.get(item)?.is !== 'settled');
    const all = await this.#advancesOf(left);
    const positions = await client.progress.positionsOf(all.advances.map(({ increment }) => increment));
    const begun = all.advances.flatMap(({ item: { seq } }, index) => {
      const before = positions[index];
      return before ? { seq, before } : [];
    });
    return async () => {
      // Not earlier: what then does not leave would look as if it had.
      await increments.begin(begun);
      // The process may have been stopped while this was stored, and the action has no key.
      mustBeOurs();
      const answer = await this.#advance(all);
      return { ...answer, outcomes: [...outcomes, ...answer.outcomes] };
    };
  }

  async #advance({ advances, unwritten }: Advances): Promise<RouteAnswer> {
    if (advances.length === 0) return { outcomes: [], failed: unwritten };
    const answers = await this.#context.client.progress.advanceEach(advances.map(({ increment }) => increment));
    const failed = advances.flatMap(({ item }, index) => {
      const answer = answers[index];
      return answer && 'error' in answer
        ? { item, failure: failureOf({ error: answer.error, judgment: verdict(answer.error, 1) }) }
        : [];
    });
    const others = advances.filter((_, index) => 'output' in (answers[index] ?? {}));
    // If one of several fails, it is not certain that the others count, although they say so: they are looked up.
    const outcomes = others.map(({ item }) => (failed.length === 0 ? doneBy(item) : askedAgain(item)));
    return { outcomes, failed: [...unwritten, ...failed] };
  }

  run = neverRun;

  async lookUp(items: readonly OutboxItem[]): Promise<ReadonlyMap<OutboxItem, FoundVerdict>> {
    const { client, increments } = this.#context;
    const befores = await increments.of(items.map(({ seq }) => seq));
    const { advances } = await this.#advancesOf(items.filter(({ seq }) => befores.has(seq)));
    const positions = await client.progress.positionsOf(advances.map(({ increment }) => increment));
    const now = new Map(advances.map(({ item }, index) => [item.seq, positions[index]]));
    return new Map(items.map((item) => [item, judged(item, befores.get(item.seq), now.get(item.seq))]));
  }

  async #advancesOf(items: readonly OutboxItem[]): Promise<Advances> {
    const { program } = this.#context;
    const drafts = await this.#draftsOf(items);
    const advances: Advance[] = [];
    const unwritten = [...drafts.unwritten];
    for (const { item, increment } of drafts.advances) {
      const { memberId } = increment;
      const message = `The program ${program} has no member ${item.member} any more.`;
      if (memberId === undefined) unwritten.push(refusedItem(item, { code: 'UNKNOWN_MEMBER', message }));
      else advances.push({ item, increment: { ...increment, memberId } });
    }
    return { advances, unwritten };
  }

  async #draftsOf(items: readonly OutboxItem[]): Promise<DraftedAdvances> {
    const ids = await this.#context.memberIds.idsOf(items.map(({ member }) => member.toLowerCase()));
    const advances: DraftedAdvance[] = [];
    const unwritten: FailedItem[] = [];
    for (const item of items) {
      const increment = await this.#incrementOf(item);
      if ('code' in increment) unwritten.push(refusedItem(item, increment));
      else advances.push({ item, increment: { ...increment, memberId: ids.get(item.member.toLowerCase()) } });
    }
    return { advances, unwritten };
  }

  async #incrementOf(
    item: OutboxItem,
  ): Promise<Omit<ProgressIncrement, 'memberId'> | { readonly code: string; readonly message: string }> {
    const misfit = otherRoute(item, 'progress');
    if (misfit) return misfit;
    const promotion = await this.#promotions.find(item);
    if ('problem' in promotion) return { code: 'UNKNOWN_PROMOTION', message: promotion.problem };
    const by = Number(item.journal[byName] ?? Number.NaN);
    if (Number.isSafeInteger(by) && by !== 0) return { promotionId: promotion.id, by };
    const message = `${byName} is ${String(item.journal[byName])}, but must be a whole number other than 0.`;
    return { code: 'NO_INCREMENT', message };
  }
}

function doneBy(item: OutboxItem): Outcome {
  return { item, to: 'done', journalId: undefined, found: false, effect: true };
}

function askedAgain(item: OutboxItem): Outcome {
  return { item, to: 'unknown', until: 0 };
}

function settled(outcome: Outcome): FoundVerdict {
  return { is: 'settled', outcome };
}

/**
 * @param known undefined for an item that was not sent
 * @param now undefined if the progress can no longer be read, because the member or the promotion is gone
 */
function judged(item: OutboxItem, known: ProgressBefore | undefined, now: UsagePosition | undefined): FoundVerdict {
  if (!known) return { is: 'absent' };
  const by = Number(item.journal[byName]);
  const is = now ? incrementVerdict(known.before, now, by) : 'unclear';
  if (is === 'absent') return { is };
  if (!known.isOwn) return contradicts(item);
  return is === 'counted' ? settled(doneBy(item)) : settled(changedProgress(item, { before: known.before, by, now }));
}

function contradicts(item: OutboxItem): FoundVerdict {
  const message =
    `The increment of ${item.key} was sent with an earlier content before its correction was read, and the progress of ` +
    `${item.member} has changed since. Nothing more was sent.`;
  return settled({ item, to: 'conflictInOrg', code: 'CONFLICT_IN_ORG', message });
}
