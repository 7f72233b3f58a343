import type { LoyaltyClient } from '../client/index.js';
import { concludeCommand, concludeUnlessInterrupted } from './concludeCommand.js';
import type { ActionsOfEnd, Conclusion } from './concludeCommand.js';
import { chooseProgram } from './chooseProgram.js';
import type { ExplainedCommand } from './errors/actionableErrors.js';
import { orInactiveProgram } from './errors/inactiveProgram.js';
import { orgClient } from './orgClient.js';
import type { Shutdown } from './shutdown.js';
import type { TargetOrg } from './targetOrg.js';

/** A command, as far as work in a program needs it. */
export interface ProgramCommand extends ExplainedCommand {
  info(sentence: string): void;
}

/** `programFlags`, parsed. */
export interface ParsedProgramFlags {
  readonly 'target-org': TargetOrg;
  readonly 'api-version': string | undefined;
  readonly program: string | undefined;
}

/** Parses the flags. Errors, and a Ctrl-C meanwhile, are dealt with like those of the work. */
export type ParseFlags<F extends ParsedProgramFlags> = () => Promise<F>;

/** What every command that works in a program begins with. */
export interface ProgramContext<F extends ParsedProgramFlags> {
  readonly client: LoyaltyClient;
  /** Name of the program, spelled as the org has it. */
  readonly program: string;
  readonly org: TargetOrg;
  readonly flags: F;
}

/**
 * Runs the work of a command in the program that its flags choose: errors become actions, and the exit code is set.
 * `work` ends in good order when the signal is aborted.
 *
 * @throws {SfError}
 */
export function inProgram<F extends ParsedProgramFlags, T>(
  command: ProgramCommand,
  parse: ParseFlags<F>,
  work: (chosen: ProgramContext<F> & { readonly signal: AbortSignal }) => Promise<Conclusion<T>>,
): Promise<T> {
  return concludeCommand(command, async (signal) => {
    const chosen = await enter(command, parse, { signal });
    return orInactiveProgram(chosen.client, chosen.program, work({ ...chosen, signal }));
  });
}

/** What work that only reads is given as well. */
export interface ReadingProgramContext<F extends ParsedProgramFlags> extends ProgramContext<F> {
  readonly signal: AbortSignal;
  /** See {@link Shutdown}. */
  readonly unheard: Shutdown['unheard'];
}

/**
 * Does the same as `inProgram`, for work that only reads from the org, but leaves files in good order: a signal ends the
 * reads that are under way, too.
 *
 * @throws {SfError}
 */
export function inProgramReading<F extends ParsedProgramFlags, T>(
  command: ProgramCommand,
  parse: ParseFlags<F>,
  work: (chosen: ReadingProgramContext<F>) => Promise<Conclusion<T>>,
): Promise<T> {
  return concludeCommand(command, async (signal, { unheard }) => {
    const chosen = await enter(command, parse, { signal, endsReads: true });
    return orInactiveProgram(chosen.client, chosen.program, work({ ...chosen, signal, unheard }));
  });
}

/**
 * Does the same as `inProgram`, for work that need not stop cleanly, such as reading: the first signal ends the command.
 *
 * @param actions what to do then about a call that may be under way
 */
export function inProgramUnlessInterrupted<F extends ParsedProgramFlags, T>(
  command: ProgramCommand,
  parse: ParseFlags<F>,
  work: (chosen: ProgramContext<F>) => Promise<Conclusion<T>>,
  actions?: ActionsOfEnd,
): Promise<T> {
  const entered = async (): Promise<Conclusion<T>> => {
    const chosen = await enter(command, parse);
    return orInactiveProgram(chosen.client, chosen.program, work(chosen));
  };
  return concludeUnlessInterrupted(command, entered, actions);
}

async function enter<F extends ParsedProgramFlags>(
  command: ProgramCommand,
  parse: ParseFlags<F>,
  { signal, endsReads = false }: { readonly signal?: AbortSignal; readonly endsReads?: boolean } = {},
): Promise<ProgramContext<F>> {
  const flags = await parse();
  const client = await orgClient(flags, signal, endsReads);
  const program = await chooseProgram(client, flags.program, command);
  return { client, program, org: flags['target-org'], flags };
}
