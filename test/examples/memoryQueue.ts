import type { Transaction } from '../../src/sync/index.js';

interface Kept {
  readonly body: Transaction;
  /** Nobody gets it before this time. */
  visibleFrom: number;
  deliveries: number;
}

/** A queue that delivers each message until it is acknowledged, in the order in which they become visible. */
export class MemoryQueue {
  readonly #now: () => number;
  readonly #visibility: number;
  readonly #messages = new Map<number, Kept>();
  readonly rejected: string[] = [];
  #latest = 0;

  /** @param visibility milliseconds for which only its receiver has a message */
  constructor(now: () => number, visibility: number) {
    this.#now = now;
    this.#visibility = visibility;
  }

  get length(): number {
    return this.#messages.size;
  }

  send(body: Transaction): void {
    this.#messages.set((this.#latest += 1), { body, visibleFrom: this.#now(), deliveries: 0 });
  }

  receive(): { readonly id: number; readonly body: Transaction; readonly deliveries: number } | undefined {
    for (const [id, message] of this.#messages) {
      if (message.visibleFrom > this.#now()) continue;
      message.visibleFrom = this.#now() + this.#visibility;
      message.deliveries += 1;
      return { id, body: message.body, deliveries: message.deliveries };
    }
    return undefined;
  }

  acknowledge(id: number): void {
    this.#messages.delete(id);
  }

  reject(id: number, reason: string): void {
    this.rejected.push(reason);
    this.#messages.delete(id);
  }
}
