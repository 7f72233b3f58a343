import { nearest } from '../base/text/nearest.js';
import type { DescribeResult } from '../contract/query.js';

/** A program's Id in 15 characters, a colon, and at least the digest of a key. */
const shortestField = 15 + 1 + 24;

/** The field cannot make the org refuse copies. */
export class UniqueFieldError extends Error {
  override readonly name = 'UniqueFieldError';
  readonly actions = ['Deploy force-app/ of this package, or name the field that the org has for it.'];

  constructor(
    readonly field: string,
    detail: string,
  ) {
    super(`TransactionJournal.${field} cannot hold keys: ${detail} Nothing was read or sent.`);
  }
}

/**
 * Returns the length of the unique field.
 * @throws {UniqueFieldError}
 */
export function uniqueFieldLength({ fields }: DescribeResult, name: string): number {
  const field = fields.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!field) {
    const meant = nearest(
      name,
      fields.map((each) => each.name),
    );
    throw new UniqueFieldError(
      name,
      `the org does not have it${meant === undefined ? '' : ` (did you mean ${meant}?)`}.`,
    );
  }
  if (field.unique !== true) throw new UniqueFieldError(name, 'it is not unique.');
  if (field.caseSensitive !== true) throw new UniqueFieldError(name, 'it does not tell upper from lower case.');
  if (field.createable === false) throw new UniqueFieldError(name, 'this user may not write it.');
  if ((field.length ?? 0) < shortestField) throw new UniqueFieldError(name, `it needs ${shortestField} characters.`);
  return field.length ?? 0;
}
