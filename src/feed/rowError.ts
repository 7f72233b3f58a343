import type { RejectionReason } from './rejection.js';

/** Why a row cannot become a transaction. */
export class RowError {
  constructor(
    readonly reason: RejectionReason,
    /** What is wrong, as a clause with a subject. */
    readonly detail: string,
    /** Where, and as a clause what to do about it, if that is not what the reason says. */
    readonly place: {
      readonly column?: string | undefined;
      readonly value?: string;
      readonly line?: number;
      readonly mend?: string | undefined;
    } = {},
  ) {}
}

const longestValueInMessage = 60;

/** @param detail follows the column and its value */
export function errorOfCell(reason: RejectionReason, column: string, value: string, detail: string): RowError {
  return new RowError(reason, `${column}${value === '' ? '' : ` ${quotedCell(value)}`} ${detail}`, { column, value });
}

/** Returns a value as messages show it. */
export function quotedCell(value: string): string {
  return `"${value.length > longestValueInMessage ? `${value.slice(0, longestValueInMessage)}…` : value}"`;
}
