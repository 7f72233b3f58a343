import type { Engine } from '../engine/engine.js';
import type { JournalReader } from '../journals.js';
import type { MemberDirectory } from '../members.js';
import type { ProcessParameters } from './processParameters.js';
import type { Program } from '../programs.js';
import type { Writing } from '../work.js';

/** One call of a process. */
export interface ProcessCall {
  readonly writing: Writing;
  readonly program: Program;
  readonly parameters: ProcessParameters;
  readonly members: MemberDirectory;
  readonly journals: JournalReader;
  readonly engine: Engine;
  /** `yyyy-MM-dd`, in the time zone of the org. */
  readonly today: string;
}

/** What a process puts into `results`: maps of its output parameters. @throws ProcessFailure */
export type ProcessRun = (call: ProcessCall) => Record<string, unknown>[];
