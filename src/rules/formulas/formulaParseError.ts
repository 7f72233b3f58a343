/** An expression is not a formula of the platform, or uses what rules do not know. */
export class FormulaParseError extends Error {
  override readonly name = 'FormulaParseError';
  /** The expression. */
  readonly text: string;
  /** Where the mistake begins: characters before it. */
  readonly offset: number;
  /** The known name that was probably meant. */
  readonly meant: string | undefined;

  constructor(what: string, { text, offset, meant }: { text: string; offset: number; meant?: string | undefined }) {
    super(`${what} (${placeIn(text, offset)})${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    this.text = text;
    this.offset = offset;
    this.meant = meant;
  }
}

/** Such as `character 12`, or `line 2, character 5` if the expression has several lines. */
export function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const character = (before.at(-1)?.length ?? 0) + 1;
  return text.includes('\n') ? `line ${before.length}, character ${character}` : `character ${character}`;
}
