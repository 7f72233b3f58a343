/** A set of rows that only their holder may write. */
export interface Hold {
  /** Ids of 18 characters. */
  readonly rows: readonly string[];
  /** Resolves when the rows are free. */
  readonly released: Promise<unknown>;
  release(): void;
}

/** The rows that are held now, with their holders. */
export class HeldRows {
  readonly #holders = new Map<string, Hold>();

  get size(): number {
    return this.#holders.size;
  }

  holderOf(row: string): Hold | undefined {
    return this.#holders.get(row);
  }

  /** Holds rows until they are released. Rows that are already held stay with their holder. */
  hold(ids: Iterable<string>): Hold {
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
