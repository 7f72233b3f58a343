import { commandStart } from '../base/text/commandLine.js';
import { systemClock } from '../base/clock.js';
import { LoyaltyClient } from '../client/index.js';
import { Emulator } from '../emulator/index.js';
import type { NewOrg } from '../emulator/index.js';
import { createProgram, exampleOrg, harbourRewards } from '../program/index.js';
import type { ProgramDefinition } from '../program/index.js';
import type { ProgramRules } from '../rules/index.js';
import { chooseRules } from './chooseRules.js';
import { SimulationError } from './simulationError.js';

/** Whose rules are run, and what they run on. */
export interface SimulatedProgram {
  /** Source folder with the rules. */
  readonly source: string;
  /** Its program. Needed if there are several. */
  readonly program?: string | undefined;
  /** What the program has. Default: the example program, if the rules are its own. */
  readonly definition?: ProgramDefinition | undefined;
  /** Whether outputs of a flow that nothing answers for are blank. Otherwise such rules are refused. */
  readonly answerFlowsEmpty?: boolean | undefined;
}

/** A local org in this process with a program and its rules. */
export interface SimulatedOrg extends AsyncDisposable {
  readonly org: Emulator;
  readonly client: LoyaltyClient;
  /** Name of the program. */
  readonly program: string;
  readonly rules: ProgramRules;
  /** Names of the promotions that its rules belong to. */
  readonly promotions: readonly string[];
  /** Sets the clock of the org, in milliseconds since the epoch. */
  setClock(now: number): void;
}

/**
 * Starts a local org with the rules of a program, and creates the program in it.
 * @throws {RulesSourceError | SimulationError | SourceError | ProgramCreationError}
 */
export async function openSimulatedOrg(wanted: SimulatedProgram): Promise<SimulatedOrg> {
  const { source, definition, answerFlowsEmpty = false } = wanted;
  const rules = await chooseRules(source, wanted.program);
  const program = rules.label;
  const shape = definition ?? harbourRewards;
  if (!isSame(program, shape.name)) throw differentProgram(program, definition);
  const allowNegativeBalance = shape.currencies.some((currency) => currency.allowNegativeBalance === true);
  const seed = async (org: NewOrg): Promise<void> => {
    if (definition) await createProgram(await connect(org), definition);
    else await exampleOrg(org, { days: 0 });
  };
  let now = systemClock.now();
  const clock = { ...systemClock, now: () => now };
  const org = await Emulator.start({ source, seed, clock, answerFlowsEmpty, settings: { allowNegativeBalance } });
  const promotions = rules.processes.flatMap((process) => process.rules.flatMap((rule) => rule.promotion ?? []));
  const client = await connect(org);
  const setClock = (time: number): void => {
    now = time;
  };
  return { org, client, program: shape.name, rules, promotions, setClock, [Symbol.asyncDispose]: () => org.stop() };
}

function connect({ url }: Pick<NewOrg, 'url'>): Promise<LoyaltyClient> {
  return LoyaltyClient.connect({ instanceUrl: url, clientId: 'simulation', clientSecret: 'none' });
}

function differentProgram(program: string, definition: ProgramDefinition | undefined): SimulationError {
  if (definition) {
    return new SimulationError(
      `The rules are those of the program "${program}", but the definition is that of "${definition.name}".`,
      ['Name the definition of the same program, or the other rules with --program.'],
    );
  }
  return new SimulationError(`The rules of the program "${program}" need to know what it has: currencies and tiers.`, [
    `Name a definition of the program with --definition; "${commandStart}export program" writes one from an org.`,
  ]);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
