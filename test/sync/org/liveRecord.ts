import { expect } from 'chai';
import type { CrossedThreshold } from '../../../src/sync/index.js';
import type { IntakeChunk, Outbox, ProgressReading } from '../../../src/outbox/index.js';
import type { Marks } from './marks.js';
import { crossing, purchasesIn } from './simplePromotion.js';
import type { SimplePromotion } from './simplePromotion.js';
import { around } from './witness.js';

interface Hearing {
  readonly id: string;
  readonly crossed: string;
  readonly life: number;
}

type KnownProgress = ProgressReading['progress'][number];

/** What a history remembers of pushes and thresholds, apart from the engine. */
export class LiveRecord {
  /** Keys of pushes whose commit has happened, whether they were answered or not. */
  readonly durable = new Set<string>();
  readonly killed = new Set<number>();
  readonly #hearings: Hearing[] = [];
  /** By member, the purchases that the first stored reading showed. What was crossed before is never told. */
  readonly #firstRead = new Map<string, number>();
  readonly #marks: Marks;

  constructor(marks: Marks) {
    this.#marks = marks;
  }

  /** Returns an outbox whose commits are seen. */
  seen(outbox: Outbox): Outbox {
    const accept = async (proceed: () => Promise<unknown>, { feed, transactions }: IntakeChunk): Promise<unknown> => {
      const decisions = await proceed();
      if (feed === 'push') for (const { transaction } of transactions) this.durable.add(transaction.key);
      return decisions;
    };
    const storeFirst = async (
      proceed: () => Promise<unknown>,
      members: readonly string[],
      progress: readonly KnownProgress[],
    ): Promise<void> => {
      await proceed();
      this.#wasRead(members, progress);
    };
    const store = async (proceed: () => Promise<unknown>, reading: ProgressReading): Promise<void> => {
      await proceed();
      const later = reading.later.map(({ member }) => member);
      this.#wasRead(
        [...reading.settled, ...later].map(({ member }) => member),
        reading.progress,
      );
    };
    return around(outbox, {
      intake: around(outbox.intake, { accept }),
      followed: around(outbox.followed, { storeFirst, store }),
    });
  }

  /** Records that a handler has acknowledged a threshold. */
  heard(event: CrossedThreshold, life: number): void {
    this.#hearings.push({ id: event.id, crossed: crossing(event), life });
  }

  /** Each crossing was heard, again only after a kill, and with the same id. */
  expectThresholds(promotion: SimplePromotion, members: readonly string[], { isCalm }: { isCalm: boolean }): void {
    const firsts = new Map(members.map((member) => [member, this.#firstRead.get(member) ?? Infinity]));
    const late = [...firsts.values()].filter((from) => from > 0 && from < Infinity).length;
    if (late > 0) this.#marks.met('first reading: after a purchase');
    if (isCalm) expect(late, 'first readings that came too late').to.equal(0);
    const crossed = members.flatMap((member) => promotion.crossed(member, firsts.get(member) ?? 0));
    const heard = Map.groupBy(this.#hearings, (each) => each.crossed);
    expect([...heard.keys()].sort(), 'thresholds that were heard').to.deep.equal(crossed.sort());
    if (crossed.length > 0) this.#marks.met('threshold: heard');
    for (const [name, hearings] of heard) {
      expect(new Set(hearings.map(({ id }) => id)).size, `ids of ${name}`).to.equal(1);
      this.#expectKillsBetween(name, hearings);
    }
    expect(new Set(this.#hearings.map(({ id }) => id)).size, 'ids').to.equal(heard.size);
  }

  #expectKillsBetween(name: string, hearings: readonly Hearing[]): void {
    for (const { life } of hearings.slice(0, -1)) {
      this.#marks.met('threshold: heard twice');
      expect(
        this.killed.has(life),
        `${name} was heard twice, and the first time in a process that was killed`,
      ).to.equal(true);
    }
    const lives = hearings.map(({ life }) => life);
    expect(new Set(lives).size, `${name} was heard once in a process`).to.equal(lives.length);
  }

  #wasRead(members: readonly string[], progress: readonly KnownProgress[]): void {
    for (const member of members) {
      if (this.#firstRead.has(member)) continue;
      const known = progress.find((each) => each.member.toLowerCase() === member.toLowerCase());
      this.#firstRead.set(member, known ? purchasesIn(known) : 0);
    }
  }
}
