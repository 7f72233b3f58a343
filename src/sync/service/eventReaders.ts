import type { ServiceEvent } from './serviceEvent.js';

/** Events that wait for one reader. */
class EventReader implements AsyncIterableIterator<ServiceEvent, undefined> {
  readonly #most: number;
  readonly #left: () => void;
  readonly #events: ServiceEvent[] = [];
  #dropped = 0;
  #isOver = false;
  #awake = Promise.withResolvers<undefined>();

  /** @param left called when the reader wants no more */
  constructor(most: number, left: () => void) {
    this.#most = most;
    this.#left = left;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  add(event: ServiceEvent): void {
    // Of progress only the latest counts.
    if (event.type === 'progress' && this.#events.at(-1)?.type === 'progress') this.#events.pop();
    this.#events.push(event);
    if (this.#events.length > this.#most) {
      this.#events.shift();
      this.#dropped += 1;
    }
    this.#wake();
  }

  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  async next(): Promise<IteratorResult<ServiceEvent, undefined>> {
    for (;;) {
      if (this.#dropped > 0) {
        const events = this.#dropped;
        this.#dropped = 0;
        return { value: { type: 'dropped', events } };
      }
      const value = this.#events.shift();
      if (value) return { value };
      if (this.#isOver) return { done: true, value: undefined };
      await this.#awake.promise;
    }
  }

  async return(): Promise<IteratorResult<ServiceEvent, undefined>> {
    this.#events.length = 0;
    this.#dropped = 0;
    this.end();
    this.#left();
    return { done: true, value: undefined };
  }

  #wake(): void {
    this.#awake.resolve(undefined);
    this.#awake = Promise.withResolvers();
  }
}

/** Gives every reader each event, as far as its buffer lasts. */
export class EventReaders {
  readonly #readers = new Set<EventReader>();
  readonly #most: number;
  #last: ServiceEvent | undefined;

  /** @param most events that wait for one reader */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether nobody listens, so that events need not be made. */
  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** A reader that gets the events from now on. */
  add(): AsyncIterableIterator<ServiceEvent, undefined> {
    const reader = new EventReader(this.#most, () => this.#readers.delete(reader));
    if (this.#last) {
      reader.add(this.#last);
      reader.end();
    } else this.#readers.add(reader);
    return reader;
  }

  tell(event: ServiceEvent): void {
    for (const reader of this.#readers) reader.add(event);
  }

  /** Tells the last event. */
  end(event: ServiceEvent): void {
    if (this.#last) return;
    this.#last = event;
    this.tell(event);
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }
}
