/** Rows that follow each other. A batch has one for each of its members, so it keeps no list of them. */
export class RowRange implements Iterable<number> {
  readonly #first: number;
  readonly length: number;

  constructor(first: number, length: number) {
    this.#first = first;
    this.length = length;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.length; index++) yield this.#first + index;
  }
}
