import { systemClock } from '../../base/clock.js';
import { ImpossiblePlanError } from './impossiblePlanError.js';
import type { PlanEntry, ProgramPlan } from '../plan/programPlan.js';
import type { ProgramClient } from '../programClient.js';
import { Application } from './application.js';
import type { ApplyOptions } from './application.js';
import type { AppliedRecord } from './appliedRecord.js';
import { applyRecords, deleteRecords } from './applyRecords.js';
import { creditOpenings } from './creditOpenings.js';
import { enrollDefined } from './enrollDefined.js';

/** The longest that an org works on a request. */
const longestRequest = 600_000;

/** How a plan is applied. */
export interface ApplyPlanOptions extends Partial<ApplyOptions> {
  /** Deploys the processes. Required if the plan has processes to deploy. */
  readonly deployProcesses?: (processes: readonly PlanEntry[]) => Promise<void>;
}

/** What is in the org after a plan was applied. */
export interface ProgramCreation {
  readonly programId: string;
  /** The records of the plan, in its order. */
  readonly records: readonly AppliedRecord[];
  readonly counts: Readonly<Record<AppliedRecord['status'], number>>;
}

/**
 * Does what a plan says: records in the order of their references, processes, members, their opening balances, and at
 * last deletions. If it ends halfway, a new plan goes on where it ended.
 *
 * @throws {ImpossiblePlanError} for a plan with something that cannot be; nothing is sent
 * @throws {SimultaneousCreationError} if another run has created the program since it was planned
 * @throws {ProgramCreationError} if the org refuses a record, or if the answer to a write is lost
 * @throws {LoyaltyApiError} with status 401, and LostAnswerError: the org was not reached, which says nothing about the
 * program
 */
export async function applyPlan(
  client: ProgramClient,
  plan: ProgramPlan,
  { deployProcesses, ...options }: ApplyPlanOptions = {},
): Promise<ProgramCreation> {
  const { entries, program } = plan;
  const impossible = entries.filter(({ action }) => action === 'cannot');
  if (impossible.length > 0) throw new ImpossiblePlanError(impossible);
  const application = new Application(client, { clock: systemClock, settle: longestRequest, ...options });
  await applyRecords(application, entries);
  const processes = entries.filter(({ source, action }) => source.kind === 'process' && action !== 'leave');
  if (processes.length > 0) await deploy(application, processes, deployProcesses);
  const members = await enrollDefined(application, entries, program);
  const programId = idOf(application, 'LoyaltyProgram') ?? '';
  const journalTypeId = idOf(application, 'JournalType', 'accrual') ?? '';
  await creditOpenings(application, entries, { program, programId, journalTypeId, members });
  await deleteRecords(application, entries);
  return creationOf(application, entries, programId);
}

async function deploy(
  application: Application,
  processes: readonly PlanEntry[],
  deployProcesses: ApplyPlanOptions['deployProcesses'],
): Promise<void> {
  if (!deployProcesses) throw new RangeError('The plan has processes to deploy, and nothing that deploys them.');
  await application.attempt(processes, () => deployProcesses(processes));
  for (const entry of processes) application.done(entry, entry.id ?? '');
}

function idOf({ ids }: Application, object: string, name?: string): string | undefined {
  for (const [record, id] of ids) {
    if (record.object === object && (name === undefined || record.name.toLowerCase() === name)) return id;
  }
  return undefined;
}

function creationOf({ applied }: Application, entries: readonly PlanEntry[], programId: string): ProgramCreation {
  const records = entries.map((entry): AppliedRecord => {
    const { object, name, id = '' } = entry;
    return applied.get(entry) ?? { object, name, id, status: 'existing' };
  });
  const counts = { created: 0, changed: 0, existing: 0, deleted: 0 };
  for (const { status } of records) counts[status] += 1;
  return { programId, records, counts };
}
