import type { RejectionReason } from './rejection.js';

/** Why a row cannot become a transaction. */
export class Flaw {
  constructor(
    readonly reason: RejectionReason,
    /** What is wrong, as a clause with a subject. */
    readonly detail: string,
    readonly place: { readonly column?: string | undefined; readonly value?: string; readonly line?: number } = {},
  ) {}
}

const longestValueInMessage = 60;

/** @param detail goes on after the column and its value */
export function flawOfCell(reason: RejectionReason, column: string, value: string, detail: string): Flaw {
  const shown = value.length > longestValueInMessage ? `${value.slice(0, longestValueInMessage)}…` : value;
  return new Flaw(reason, `${column}${value === '' ? '' : ` "${shown}"`} ${detail}`, { column, value });
}
