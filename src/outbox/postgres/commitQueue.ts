/**
 * Makes what was changed durable, in turns: whoever asks while a turn is under way shares the next one with all others
 * that ask meanwhile.
 */
export class CommitQueue {
  readonly #commit: () => Promise<void>;
  #present: Promise<void> = Promise.resolve();
  #underWay: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param commit makes durable what has been changed when it is called */
  constructor(commit: () => Promise<void>) {
    this.#commit = commit;
  }

  /**
   * Resolves when everything that was changed before is durable. Rejects for ever once a turn has failed: the copy has what
   * the log lacks.
   */
  flush(): Promise<void> {
    this.#next ??= this.#turn();
    return this.#next;
  }

  /** The turn that is under way. Undefined if there is none. */
  get underWay(): Promise<void> | undefined {
    return this.#underWay;
  }

  async #turn(): Promise<void> {
    await this.#present;
    const commit = this.#commit();
    this.#present = commit;
    this.#underWay = commit;
    this.#next = undefined;
    try {
      await commit;
    } finally {
      if (this.#underWay === commit) this.#underWay = undefined;
    }
  }
}
