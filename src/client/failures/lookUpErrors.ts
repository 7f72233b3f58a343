import { namesText } from '../../base/text/namesText.js';

/** What is known of a program that could be meant. */
interface ProgramFacts {
  readonly Name: string;
  readonly Status: string | null;
}

/** The org does not have this program, or the user may not read it. */
export class UnknownProgramError extends Error {
  override readonly name = 'UnknownProgramError';
  /** Names of the programs in the org. */
  readonly programs: readonly string[];

  constructor(
    readonly program: string,
    programs: readonly ProgramFacts[],
  ) {
    const known = programs.length > 0 ? `Its programs: ${programsText(programs)}.` : 'It has none.';
    super(`The org has no loyalty program named "${program}". ${known}`);
    this.programs = programs.map(({ Name }) => Name);
  }
}

/** The program exists but is not active, so nothing counts in it. */
export class InactiveProgramError extends Error {
  override readonly name = 'InactiveProgramError';

  constructor(
    readonly program: string,
    /** As in the org, such as `Inactive`. */
    readonly status: string | null,
  ) {
    super(
      `The program "${program}" is not active: its status is ${status ?? 'empty'}. Activate it, or name another program.`,
    );
  }
}

/** The program, or the org if no program was named, does not have this member. */
export class UnknownMemberError extends Error {
  override readonly name = 'UnknownMemberError';

  constructor(
    /** Membership number or Id, as the caller gave it. */
    readonly member: string,
    readonly program?: string,
  ) {
    super(`${program === undefined ? 'The org' : `The program "${program}"`} has no member "${member}".`);
  }
}

/** The program does not have this promotion. If no program was named, the org does not have it. */
export class UnknownPromotionError extends Error {
  override readonly name = 'UnknownPromotionError';
  readonly program: string | undefined;
  /** Names of the promotions that the user may have meant. Empty if they were not looked up. */
  readonly promotions: readonly string[];

  constructor(
    /** Name or Id, as the caller gave it. */
    readonly promotion: string,
    {
      program,
      promotions = [],
      kind,
    }: { program?: string; promotions?: readonly string[]; kind?: 'cumulative' | 'referral' } = {},
  ) {
    const known = program === undefined ? '' : ` It has: ${namesText(promotions) || '(none)'}.`;
    const owner = program === undefined ? 'The org' : `The program "${program}"`;
    super(`${owner} has no ${kind ? `${kind} ` : ''}promotion "${promotion}".${known}`);
    this.program = program;
    this.promotions = promotions;
  }
}

/** No active tier group of the program has this tier. */
export class UnknownTierError extends Error {
  override readonly name = 'UnknownTierError';

  constructor(
    readonly tier: string,
    readonly program: string,
    /** Names of the tiers of the program. */
    readonly tiers: readonly string[],
  ) {
    super(`The program "${program}" has no tier "${tier}". It has: ${namesText(tiers) || '(none)'}.`);
  }
}

/** The org does not have this journal type or subtype. */
export class JournalTypeNotFoundError extends Error {
  override readonly name = 'JournalTypeNotFoundError';

  constructor(
    readonly object: 'JournalType' | 'JournalSubType',
    readonly journalType: string,
    /** Names of those that the org has. */
    readonly known: readonly string[],
  ) {
    const kind = object === 'JournalType' ? 'type' : 'subtype';
    super(`The org has no journal ${kind} named "${journalType}". It has: ${namesText(known) || '(none)'}.`);
  }
}

/** A question was about something that does not exist or is not active. Nothing was sent that changes anything. */
export type LookUpError =
  | UnknownProgramError
  | InactiveProgramError
  | UnknownMemberError
  | UnknownPromotionError
  | JournalTypeNotFoundError
  | UnknownTierError;

export function isLookUpError(error: unknown): error is LookUpError {
  return (
    error instanceof UnknownProgramError ||
    error instanceof InactiveProgramError ||
    error instanceof UnknownMemberError ||
    error instanceof UnknownPromotionError ||
    error instanceof UnknownTierError ||
    error instanceof JournalTypeNotFoundError
  );
}

/** Returns names for a sentence. Programs that are not active are marked. */
export function programsText(programs: readonly ProgramFacts[]): string {
  return namesText(
    programs.map(({ Name, Status }) =>
      Status === 'Active' ? Name : { name: Name, remark: `(${Status ?? 'no status'})` },
    ),
  );
}
