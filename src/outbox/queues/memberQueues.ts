import { LongestFirst } from './longestFirst.js';
import { MemberQueue } from './memberQueue.js';
import type { MemberPresence } from './memberQueue.js';

/** How the items of batches are chosen: see `Delivery.pack`. */
export interface PackOptions {
  readonly size: number;
  readonly atLeast: number;
  readonly count: number;
  readonly perMember: number;
  readonly now: number;
}

export interface QueuedItem {
  readonly seq: number;
  readonly isReady: boolean;
  /** Whether its row has details with which its member can be enrolled. */
  readonly hasDetails?: boolean | undefined;
}

/** A queue, and how many of its first items go into a batch. */
interface Share {
  readonly queue: MemberQueue;
  readonly items: number;
}

/** The items of a member that were taken for a batch. */
export interface TakenShare {
  readonly member: string;
  readonly seqs: readonly number[];
}

/**
 * The queues of all members with open items. They repeat in memory what the tables say, so that packing and settling
 * need not look for it. A queue without open items is forgotten, unless it has to wait: a correction, which comes next,
 * waits as long as what it replaces.
 */
export class MemberQueues {
  readonly #queues = new Map<string, MemberQueue>();
  readonly #free = new LongestFirst<MemberQueue>();
  /** Free queues that have to wait. */
  readonly #paused = new Set<MemberQueue>();
  readonly #unchecked = new Set<MemberQueue>();
  /** Number of queues by their number of open items. */
  readonly #lengths = new Map<number, number>();
  #longest = 0;
  #open = 0;

  /** Number of open items. */
  get open(): number {
    return this.#open;
  }

  /** Largest number of open items of one member. */
  get longest(): number {
    return this.#longest;
  }

  has(member: string): boolean {
    return this.#queues.has(nameOf(member));
  }

  /** Adds an open item. `found` says whether the program is known to have the member, if the queue is new. */
  add(member: string, item: QueuedItem, found: boolean): void {
    const name = nameOf(member);
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new MemberQueue(member);
      queue.presence = found ? 'found' : 'unchecked';
      this.#queues.set(name, queue);
    }
    this.#change(queue, (changed) => {
      // The member may have been enrolled since the look-up.
      if (changed.presence === 'absent') changed.presence = 'unchecked';
      if (changed.presence === 'lacking' && item.hasDetails === true) changed.presence = 'unchecked';
      if (item.isReady) changed.add(item.seq);
      else changed.blocked += 1;
    });
  }

  /** Members that have not been looked up. */
  unchecked(limit: number): string[] {
    const members: string[] = [];
    for (const { member } of this.#unchecked) {
      if (members.length === limit) break;
      members.push(member);
    }
    return members;
  }

  get hasUnchecked(): boolean {
    return this.#unchecked.size > 0;
  }

  setPresence(member: string, presence: MemberPresence): void {
    this.#with(member, (queue) => {
      queue.presence = presence;
    });
  }

  /** Something has become of a blocked item. An absent member is looked up again, because the org may have it by now. */
  touch(member: string, { ended, until = 0 }: { readonly ended: 0 | 1; readonly until?: number }): void {
    this.#with(member, (queue) => {
      queue.blocked -= ended;
      // Another item of the request may have been told to wait.
      queue.until = Math.max(queue.until, until);
      if (queue.presence === 'absent') queue.presence = 'unchecked';
    });
  }

  /** Takes over what no table says: which queues wait, and which members are known to be absent or being enrolled. */
  adopt(before: MemberQueues): void {
    for (const { member, until, presence } of before.#queues.values()) {
      if (until === 0 && presence !== 'absent' && presence !== 'enrolling') continue;
      this.#with(member, (queue) => {
        queue.until = until;
        if (presence === 'absent' && queue.ready === 0) queue.presence = 'absent';
        if (presence === 'enrolling' && queue.presence === 'unchecked') queue.presence = 'enrolling';
      });
    }
  }

  /** Positions of the ready items of a member. */
  readyOf(member: string): number[] {
    return this.#queues.get(nameOf(member))?.readySeqs() ?? [];
  }

  /** Removes an item that has been replaced. */
  withdraw(member: string, seq: number, isReady: boolean): void {
    this.#with(member, (queue) => {
      if (isReady) queue.remove(seq);
      else queue.blocked -= 1;
    });
  }

  /** Blocks all ready items of a member. */
  holdReady(member: string): void {
    this.#with(member, (queue) => {
      queue.blocked += queue.take(queue.ready).length;
    });
  }

  /** Absent members with open items are to be looked up again. */
  recheck(): void {
    for (const queue of this.#queues.values()) {
      if (queue.presence !== 'absent' || queue.open === 0) continue;
      this.#change(queue, (changed) => {
        changed.presence = 'unchecked';
      });
    }
  }

  /** Removes all ready items of a member. */
  endReady(member: string): void {
    this.#with(member, (queue) => {
      queue.take(queue.ready);
    });
  }

  /** Makes a blocked item ready again. Nothing of its member may be sent before `until`. */
  makeReady(member: string, seq: number, until: number): void {
    this.#with(member, (queue) => {
      queue.add(seq);
    });
    this.touch(member, { ended: 1, until });
  }

  /** Chooses the items of batches, longest queues first, and blocks their queues. Returns the items of each batch. */
  take(options: PackOptions): number[][] {
    return this.takeShares(options).map((shares) => shares.flatMap(({ seqs }) => seqs));
  }

  /** The same, but tells whose they are. */
  takeShares(options: PackOptions): TakenShare[][] {
    return this.#choose(options).map((shares) =>
      shares.map((share) => ({ member: share.queue.member, seqs: this.#takeShare(share) })),
    );
  }

  /** Whether {@link MemberQueues.take} would return a batch. */
  canTake(options: PackOptions): boolean {
    return this.#choose({ ...options, count: 1 }).length > 0;
  }

  /** When a free queue may go on: 0 if one may now, undefined if there is none. */
  get nextFree(): number | undefined {
    if (this.#free.size > 0) return 0;
    if (this.#paused.size === 0) return undefined;
    return Math.min(...[...this.#paused].map(({ until }) => until));
  }

  #choose({ size, atLeast, count, perMember, now }: PackOptions): Share[][] {
    this.#wake(now);
    const batches: Share[][] = [];
    let batch: Share[] = [];
    let room = size;
    for (const queue of this.#free) {
      const items = Math.min(perMember, queue.ready, room);
      batch.push({ queue, items });
      room -= items;
      if (room > 0) continue;
      batches.push(batch);
      if (batches.length === count) return batches;
      batch = [];
      room = size;
    }
    if (batch.length > 0 && size - room >= atLeast) batches.push(batch);
    return batches;
  }

  #takeShare({ queue, items }: Share): number[] {
    let taken: number[] = [];
    this.#change(queue, () => {
      taken = queue.take(items);
      queue.blocked += taken.length;
      queue.until = 0;
    });
    return taken;
  }

  #wake(now: number): void {
    for (const queue of this.#paused) {
      if (queue.until > now) continue;
      this.#paused.delete(queue);
      this.#free.add(queue);
    }
  }

  #with(member: string, change: (queue: MemberQueue) => void): void {
    const queue = this.#queues.get(nameOf(member));
    if (queue) this.#change(queue, change);
  }

  /** Takes the queue out of all that depends on its state, and puts it where it belongs afterwards. */
  #change(queue: MemberQueue, change: (queue: MemberQueue) => void): void {
    const before = queue.open;
    this.#free.delete(queue);
    this.#paused.delete(queue);
    change(queue);
    this.#count(before, queue.open);
    if (queue.isFree) (queue.until > 0 ? this.#paused : this.#free).add(queue);
    if (queue.presence === 'unchecked' && queue.open > 0) this.#unchecked.add(queue);
    else this.#unchecked.delete(queue);
    if (queue.open === 0 && queue.until === 0) this.#queues.delete(nameOf(queue.member));
  }

  #count(before: number, after: number): void {
    if (before === after) return;
    this.#open += after - before;
    if (before > 0) this.#lengths.set(before, (this.#lengths.get(before) ?? 1) - 1);
    if (after > 0) this.#lengths.set(after, (this.#lengths.get(after) ?? 0) + 1);
    this.#longest = Math.max(this.#longest, after);
    while (this.#longest > 0 && !this.#lengths.get(this.#longest)) this.#longest -= 1;
  }
}

/** Members are compared without case. */
function nameOf(member: string): string {
  return member.toLowerCase();
}
