/** What is known of a program that could be meant. */
interface ProgramFacts {
  readonly Name: string;
  readonly Status: string | null;
}

/** The org has no such program, or none that the user may read. */
export class UnknownProgramError extends Error {
  override readonly name = 'UnknownProgramError';
  /** Names of the programs that the org has. */
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

/** The program is there, but not active, so that nothing counts in it. */
export class InactiveProgramError extends Error {
  override readonly name = 'InactiveProgramError';

  constructor(
    readonly program: string,
    /** As the org has it, such as `Inactive`. */
    readonly status: string | null,
  ) {
    super(
      `The program "${program}" is not active: its status is ${status ?? 'empty'}. Activate it, or name another program.`,
    );
  }
}

/** There is no such member in the program, or, where no program was named, in the org. */
export class UnknownMemberError extends Error {
  override readonly name = 'UnknownMemberError';

  constructor(
    /** Membership number or Id, as it was asked for. */
    readonly member: string,
    readonly program?: string,
  ) {
    super(`${program === undefined ? 'The org' : `The program "${program}"`} has no member "${member}".`);
  }
}

/** There is no such cumulative promotion in the program, or, where no program was named, no such promotion in the org. */
export class UnknownPromotionError extends Error {
  override readonly name = 'UnknownPromotionError';
  readonly program: string | undefined;
  /** Names of the promotions that could be meant; empty when nobody looked. */
  readonly promotions: readonly string[];

  constructor(
    /** Name or Id, as it was asked for. */
    readonly promotion: string,
    { program, promotions = [] }: { program?: string; promotions?: readonly string[] } = {},
  ) {
    const known =
      program === undefined ? '' : ` It has: ${promotions.map((each) => `"${each}"`).join(', ') || '(none)'}.`;
    const owner = program === undefined ? 'The org has no' : `The program "${program}" has no cumulative`;
    super(`${owner} promotion "${promotion}".${known}`);
    this.program = program;
    this.promotions = promotions;
  }
}

/** A question was about something that is not there, or not active. Nothing was sent that changes anything. */
export type LookUpError = UnknownProgramError | InactiveProgramError | UnknownMemberError | UnknownPromotionError;

export function isLookUpError(error: unknown): error is LookUpError {
  return (
    error instanceof UnknownProgramError ||
    error instanceof InactiveProgramError ||
    error instanceof UnknownMemberError ||
    error instanceof UnknownPromotionError
  );
}

/** Names for a sentence; those that are not active say so. */
export function programsText(programs: readonly ProgramFacts[]): string {
  return programs
    .map(({ Name, Status }) => (Status === 'Active' ? `"${Name}"` : `"${Name}" (${Status ?? 'no status'})`))
    .join(', ');
}
