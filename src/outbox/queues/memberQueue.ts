/**
 * Whether the program has a member, as far as it has been looked up. `enrolling`: it will, or the org refuses it.
 * `lacking`: it does not, and a row with details of the member is waited for.
 */
export type MemberPresence = 'unchecked' | 'found' | 'absent' | 'enrolling' | 'lacking';

/** The open items of one member. */
export class MemberQueue {
  /** Items that are held, sent, unknown or parked. While there are any, nothing may be sent. */
  blocked = 0;
  /** Nothing may be sent before this time of the monotonic clock. */
  until = 0;
  presence: MemberPresence = 'unchecked';
  /** Positions of ready items, in order. Those before `#head` have been taken. */
  #ready: number[] = [];
  #head = 0;

  constructor(readonly member: string) {}

  /** Number of ready items. */
  get ready(): number {
    return this.#ready.length - this.#head;
  }

  /** Number of open items. */
  get open(): number {
    return this.ready + this.blocked;
  }

  /** Whether items may be sent, apart from `until`. */
  get isFree(): boolean {
    return this.blocked === 0 && this.presence === 'found' && this.ready > 0;
  }

  readySeqs(): number[] {
    return this.#ready.slice(this.#head);
  }

  add(seq: number): void {
    const last = this.#ready.at(-1);
    if (this.ready === 0 || last === undefined || last < seq) this.#ready.push(seq);
    else {
      const all = [...this.readySeqs(), seq].sort((a, b) => a - b);
      this.#ready = all;
      this.#head = 0;
    }
  }

  /** Takes up to `count` items from the front. */
  take(count: number): number[] {
    const taken = this.#ready.slice(this.#head, this.#head + count);
    this.#head += taken.length;
    // Keeps the array short without moving its items each time.
    if (this.#head > 32 && this.#head * 2 > this.#ready.length) {
      this.#ready = this.readySeqs();
      this.#head = 0;
    }
    return taken;
  }

  /** Removes a ready item. Returns false if there is none at this position. */
  remove(seq: number): boolean {
    const left = this.readySeqs().filter((each) => each !== seq);
    const isRemoved = left.length < this.ready;
    this.#ready = left;
    this.#head = 0;
    return isRemoved;
  }
}
