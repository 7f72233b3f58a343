/** The cells of a row's key, in the order of the mapping; null where one is empty or cannot be read. */
export type KeyParts = readonly (string | null)[];

/** A row whose key cannot be read. */
export interface Doubt {
  readonly line: number;
  readonly parts: KeyParts;
  /** The text of a line that is not a row, if the text is complete. The key of the line must be in it. */
  readonly text?: string | undefined;
}

/** Longer texts are not kept: then a line may have any key. */
const longestText = 40_000;

/** Rows whose keys cannot be read, and which other rows they make doubtful. */
export class Doubts {
  readonly #most: number;
  #all: Doubt[] = [];

  /** @param most number of doubts that are told apart; beyond it, every row is in doubt */
  constructor(most: number) {
    this.#most = most;
  }

  add(given: Doubt): void {
    const doubt = (given.text?.length ?? 0) > longestText ? { line: given.line, parts: given.parts } : given;
    if (this.#all.some((each) => covers(each, doubt))) return;
    if (this.#all.length < this.#most) this.#all.push(doubt);
    else this.#all = [{ line: doubt.line, parts: doubt.parts.map(() => null) }];
  }

  /** Adds the doubts of another, which then has none. */
  takeFrom(other: Doubts): void {
    for (const doubt of other.#all) this.add(doubt);
    other.clear();
  }

  clear(): void {
    this.#all = [];
  }

  /** Returns a doubtful row that may turn out to have this key once it is corrected. */
  about(parts: readonly string[]): Doubt | undefined {
    return this.#all.find((each) => mayBe(each, parts));
  }
}

function mayBe({ parts: known, text }: Doubt, parts: readonly string[]): boolean {
  return parts.every(
    (part, index) => (known[index] ?? null) === part || (known[index] === null && mayContain(text, part)),
  );
}

function mayContain(text: string | undefined, part: string): boolean {
  return text === undefined || text.includes(part) || text.includes(part.replaceAll('"', '""'));
}

/** Returns whether `doubt` makes every row doubtful that `other` does. */
function covers(doubt: Doubt, other: Doubt): boolean {
  if (doubt.text !== undefined) return false;
  return doubt.parts.every((part, index) => part === null || part === other.parts[index]);
}
