/** Rows that somebody keeps from being written by others. */
export interface Hold {
  /** Ids of 18 characters. */
  readonly rows: readonly string[];
  /** Resolves when the rows are free. */
  readonly released: Promise<unknown>;
  release(): void;
}

/** Who holds which row at this moment. */
export class HeldRows {
  readonly #holders = new Map<string, Hold>();

  public get size(): number {
    return this.#holders.size;
  }

  public holderOf(row: string): Hold | undefined {
    return this.#holders.get(row);
  }

  /** Holds rows until they are released. Rows that somebody holds already stay theirs. */
  public hold(ids: Iterable<string>): Hold {
    const { promise: released, resolve } = Promise.withResolvers<undefined>();
    const rows = [...ids].filter((id) => !this.#holders.has(id));
    const release = (): void => {
      for (const row of rows) if (this.#holders.get(row) === hold) this.#holders.delete(row);
      resolve(undefined);
    };
    const hold: Hold = { rows, released, release };
    for (const row of rows) this.#holders.set(row, hold);
    return hold;
  }
}
