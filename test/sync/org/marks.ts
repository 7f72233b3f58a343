import { expect } from 'chai';

/**
 * The cases that occurred in the histories of a test run, by name. A simulation proves nothing about a case that does
 * not occur. So every required case is listed, and a test run in which one is missing fails.
 */
export class Marks {
  readonly #counts = new Map<string, number>();

  met(name: string): void {
    this.#counts.set(name, this.of(name) + 1);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  /** Adds the counts of other histories. */
  add(counts: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(counts)) this.#counts.set(name, this.of(name) + count);
  }

  expectAll(names: readonly string[], floor: number): void {
    const rare = names.filter((name) => this.of(name) < floor).map((name) => `${name} (${this.of(name)})`);
    expect(rare, `met fewer than ${floor} times`).to.deep.equal([]);
  }

  /** Lists all cases, the rarest first. */
  toString(): string {
    return [...this.#counts]
      .sort(([, a], [, b]) => a - b)
      .map(([name, count]) => `${String(count).padStart(8)}  ${name}`)
      .join('\n');
  }
}
