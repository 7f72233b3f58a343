/**
 * Makes what was changed durable, in turns: whoever asks while a turn is under way shares the next one with all others
 * that ask meanwhile.
 */
export class CommitQueue {
  readonly #commit: () => Promise<void>;
  #present: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** @param commit makes durable what has been changed when it is called */
  constructor(commit: () => Promise<void>) {
    this.#commit = commit;
  }

  /** Resolves when everything that was changed before is durable. Rejects for ever once a turn has failed: the copy has what the log lacks. */
  flush(): Promise<void> {
    this.#next ??= this.#turn();
    return this.#next;
  }

  /** Resolves when the turn that is under way has ended, in whatever way. */
  async ended(): Promise<void> {
    await this.#present.catch(() => undefined);
  }

  async #turn(): Promise<void> {
    await this.#present;
    this.#present = this.#commit();
    this.#next = undefined;
    await this.#present;
  }
}
