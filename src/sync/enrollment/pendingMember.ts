import type { Failure } from '../attempt.js';
import { mostInLookUp } from '../presentMembers.js';

/** A member who is to be enrolled. */
export interface PendingMember {
  readonly member: string;
  /** Time of the monotonic clock at which something can be done. */
  readonly at: number;
  /** Number of calls that were made. */
  readonly attempts: number;
  /** Set if the member may exist by now, and is looked up first. */
  readonly doubt?: EnrollmentDoubt | undefined;
}

interface EnrollmentDoubt {
  /** Whether it may have been this outbox that enrolled the member. */
  readonly isOurs: boolean;
  /** Why the org refuses the member if the member does not exist. */
  readonly refusal?: Failure | undefined;
}

/** The members who are to be enrolled, by number in lower case: the order in which they came is that of the calls. */
export class PendingMembers {
  readonly #all = new Map<string, PendingMember>();

  get size(): number {
    return this.#all.size;
  }

  has(member: string): boolean {
    return this.#all.has(member.toLowerCase());
  }

  put(pending: PendingMember): void {
    this.#all.set(pending.member.toLowerCase(), pending);
  }

  /** Takes members who have to be looked up and whose time has come. */
  takeDoubtful(now: number): PendingMember[] {
    return this.#take(now, mostInLookUp, ({ doubt }) => doubt !== undefined);
  }

  /** Takes the next member who can be enrolled. */
  takeNext(now: number): PendingMember | undefined {
    return this.#take(now, 1, ({ doubt }) => doubt === undefined)[0];
  }

  /** Whether something can be done at this time. */
  isDue(now: number): boolean {
    return this.#all.values().some(({ at }) => at <= now);
  }

  isInDoubt(at: number): boolean {
    return this.#all.values().some((pending) => pending.at === at && pending.doubt !== undefined);
  }

  /** When something can be done next: undefined if there is nobody. */
  get nextDue(): number | undefined {
    let due: number | undefined;
    for (const { at } of this.#all.values()) due = Math.min(due ?? at, at);
    return due;
  }

  #take(now: number, most: number, which: (pending: PendingMember) => boolean): PendingMember[] {
    const taken: PendingMember[] = [];
    for (const [name, pending] of this.#all) {
      if (pending.at > now || !which(pending)) continue;
      this.#all.delete(name);
      if (taken.push(pending) === most) break;
    }
    return taken;
  }
}
