import type { ProgramDefinition } from '../../program/index.js';
import type { SimulatedOrg } from '../../simulation/index.js';

/** The flags, parsed. */
export interface FileSimulationFlags {
  readonly source: string;
  readonly program: string | undefined;
  readonly file: readonly string[];
  readonly map: string;
  readonly format: 'csv' | 'ndjson' | 'json' | undefined;
  readonly definition: string | undefined;
  readonly 'answer-flows-empty': boolean;
  readonly 'batch-size': number | undefined;
  readonly limit: number | undefined;
  readonly 'why-not': string | undefined;
  readonly diff: string | undefined;
  readonly 'diff-definition': string | undefined;
  readonly save: string | undefined;
  readonly 'no-prompt': boolean;
}

/** What prints, and asks before a file is replaced. */
export interface SimulatingCommand {
  log(line: string): void;
  warn(message: string): unknown;
  jsonEnabled(): boolean;
  confirm(question: { readonly message: string; readonly ms: number }): Promise<boolean>;
}

type VersionFlags = Pick<FileSimulationFlags, 'source' | 'program' | 'answer-flows-empty'>;

/** Starts a local org with the rules of a folder. Says what is in them and will not run. */
export async function openVersion(
  command: Pick<SimulatingCommand, 'warn'>,
  { source, program, 'answer-flows-empty': answerFlowsEmpty }: VersionFlags,
  definition: ProgramDefinition | undefined,
): Promise<SimulatedOrg> {
  const { openSimulatedOrg } = await import('../../simulation/index.js');
  const simulated = await openSimulatedOrg({ source, program, answerFlowsEmpty, definition });
  for (const warning of simulated.org.warnings) command.warn(warning);
  return simulated;
}

/** @throws {DefinitionError} */
export async function definitionIn(path: string | undefined): Promise<ProgramDefinition | undefined> {
  if (path === undefined) return undefined;
  const { readDefinition } = await import('../../program/index.js');
  return (await readDefinition(path)).definition;
}
