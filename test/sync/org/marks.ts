import { expect } from 'chai';

/**
 * What the histories of a test run have met, by name. A simulation that never meets a case proves nothing about it, so
 * that every case which has to occur is listed, and a run that missed one fails.
 */
export class Marks {
  readonly #counts = new Map<string, number>();

  met(name: string): void {
    this.#counts.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  expectAll(names: readonly string[], floor: number): void {
    const rare = names.filter((name) => this.of(name) < floor).map((name) => `${name} (${this.of(name)})`);
    expect(rare, `met fewer than ${floor} times`).to.deep.equal([]);
  }

  /** All of it, the rarest first. */
  toString(): string {
    return [...this.#counts]
      .sort(([, a], [, b]) => a - b)
      .map(([name, count]) => `${String(count).padStart(8)}  ${name}`)
      .join('\n');
  }
}
