import { correctFiles, issuesMessage } from '../../base/text/issuesMessage.js';
import { shortText } from '../../base/text/shortText.js';

/** A place in the files of a definition. Lines and columns begin with 1. */
export interface DefinitionPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in the files of a definition, and where it is. */
export interface PlacedIssue extends DefinitionPlace {
  /** Keys and indices, as in `promotions[1].reward.currency`. Empty for a whole file. */
  readonly path: string;
  /** What the file says there; undefined if it says nothing. */
  readonly value: unknown;
  /** A clause that says what is wrong, and what would be right. */
  readonly message: string;
}

const longestShown = 600;

/** All mistakes of a definition. The message lists them, each with its place. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  /** What to do next. */
  readonly actions: readonly string[];

  /** @param actions default: to correct the files */
  constructor(
    readonly issues: readonly PlacedIssue[],
    actions?: readonly string[],
  ) {
    super(issuesMessage('The definition', issues.map(lineOf)));
    this.actions = actions ?? [correctFiles(issues.map(({ file }) => file))];
  }
}

function lineOf({ file, line, column, path, message }: PlacedIssue): string {
  const what = shortText(message, longestShown);
  if (path === '' && line === 1 && column === 1) return `${file} ${what}`;
  return `${file}, line ${line}, column ${column}:${path === '' ? '' : ` ${path}:`} ${what}`;
}
