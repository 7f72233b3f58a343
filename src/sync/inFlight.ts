/** Counts transactions that have left and are not settled, by source. The org may have any of them. */
export class InFlight {
  readonly #bySource = new Map<string, number>();
  /** Those whose sources are not known. */
  #others = 0;

  /** Returns how many there are of a source, or of all. Whatever may be of the source counts. */
  of(source?: string): number {
    const known = source === undefined ? this.#bySource.values() : [this.#bySource.get(source) ?? 0];
    return known.reduce((sum, each) => sum + each, this.#others);
  }

  /** @param items how many, where their keys are not at hand */
  async during<T>(items: readonly { readonly key: string }[] | number, work: () => Promise<T>): Promise<T> {
    this.#add(items, 1);
    try {
      return await work();
    } finally {
      this.#add(items, -1);
    }
  }

  #add(items: readonly { readonly key: string }[] | number, times: 1 | -1): void {
    if (typeof items === 'number') {
      this.#others += times * items;
      return;
    }
    for (const { key } of items) {
      const source = key.slice(0, key.indexOf(':'));
      this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + times);
    }
  }
}
