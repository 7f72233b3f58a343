import type { SharedOutbox } from '../../outbox/index.js';

/**
 * The copy of a shared outbox that a standby keeps, so that it can deliver at once when it is its turn. It is opened when
 * it is first needed.
 */
export class StandbyCopy implements AsyncDisposable {
  readonly #open: (signal: AbortSignal) => Promise<SharedOutbox>;
  readonly #end = new AbortController();
  #outbox: SharedOutbox | undefined;
  #reading: Promise<void> = Promise.resolve();

  /** @param open opens the outbox; the signal ends the reading of its log */
  constructor(open: (signal: AbortSignal) => Promise<SharedOutbox>) {
    this.#open = open;
  }

  /**
   * Reads what others have stored meanwhile. One call at a time. If it fails, the next call goes on.
   * @param change number of the last change in the log
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  follow(change: number): Promise<void> {
    this.#reading = this.#read(change);
    return this.#reading;
  }

  /**
   * Returns the outbox, to deliver from. Must not be called while it follows.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  async outbox(): Promise<SharedOutbox> {
    return (this.#outbox ??= await this.#open(this.#end.signal));
  }

  /** Closes the outbox. It must be opened again after a delivery that has failed, of which something may still go on. */
  async close(): Promise<void> {
    await this.#reading.catch(() => undefined);
    const outbox = this.#outbox;
    this.#outbox = undefined;
    await outbox?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.close();
  }

  async #read(change: number): Promise<void> {
    if (this.#outbox) await this.#outbox.follow(change);
    else await this.outbox();
  }
}
