import { ProgramDefinition } from '../definition/programDefinition.js';
import type { ProgramDefinitionInput } from '../definition/programDefinition.js';
import type { ReadDefinition } from '../definition/readDefinition.js';
import { readOrgProgram } from '../org/readOrgProgram.js';
import type { OrgObject, OrgProgram } from '../org/readOrgProgram.js';
import type { ProgramClient } from '../programClient.js';
import { recordsOf } from '../records/definitionRecords.js';
import type { ProgramRecord } from '../records/programRecord.js';
import { withKeptTiers } from './keptTiers.js';
import { definitionPath } from './definitionPath.js';
import { matchRecords } from './matchRecords.js';
import type { MatchedRecords } from './matchRecords.js';
import { planDeletions } from './planDeletions.js';
import { planMembers } from './planMembers.js';
import { isOfProcess, planProcesses } from './planProcesses.js';
import type { ProcessWay } from './planProcesses.js';
import { planRecord } from './planRecord.js';
import { namesIn, untouchedRecords } from './planUntouched.js';
import type { PlanEntry, ProgramPlan } from './programPlan.js';

export interface PlanOptions {
  /** Whether to delete what is in the program, but not in the definition. Default: no. */
  readonly prune?: boolean;
  /** How processes get into the org. Default: as records. */
  readonly processes?: ProcessWay;
  /** As `readDefinition` returns it. With it, the plan says where the definition asks for what cannot be. */
  readonly placeOf?: ReadDefinition['placeOf'];
}

/** What planning needs of a client. */
export type PlanningClient = Pick<ProgramClient, 'query' | 'members'> & {
  readonly sobjects: Pick<ProgramClient['sobjects'], 'describe'>;
};

/**
 * Compares a definition with an org, and says what has to be done so that the org has what the definition says. Fields
 * that the definition does not set are left alone. Only reads.
 *
 * @throws {z.ZodError} for a definition that contradicts itself; nothing is sent
 * @throws {LoyaltyApiError | LostAnswerError}
 */
export async function planProgram(
  client: PlanningClient,
  input: ProgramDefinitionInput,
  { prune = false, processes = 'records', placeOf }: PlanOptions = {},
): Promise<ProgramPlan> {
  const definition = ProgramDefinition.parse(input);
  const records = recordsOf(definition);
  const accounts = records.filter(({ object }) => object === 'Account').map(({ name }) => name);
  const org = await readOrgProgram(client, { name: definition.name, accounts });
  const matched = matchRecords(records, org);
  const program = nameInOrg(records[0], matched);
  const planned = planRecords(records, { org, matched });
  const untouched = untouchedRecords(org, matched);
  const deletable = untouched.filter((record) => processes === 'records' || !isOfProcess(record));
  const kept = prune ? untouched.filter((record) => !deletable.includes(record)) : untouched;
  const entries = withKeptTiers(planned, org, kept);
  const wanted = [
    ...planProcesses(entries, { way: processes, hasRules: definition.rules !== undefined, untouched, program }),
    ...(await planMembers(client, { definition, org, program })),
  ];
  return {
    program,
    programId: org.programId,
    entries: [
      ...(placeOf ? wanted.map((entry) => placed(entry, definition, placeOf)) : wanted),
      ...(prune ? await planDeletions(client, deletable) : []),
    ],
    untouched: kept,
  };
}

function placed(entry: PlanEntry, definition: ProgramDefinition, placeOf: ReadDefinition['placeOf']): PlanEntry {
  return entry.action === 'cannot' ? { ...entry, place: placeOf(definitionPath(entry, definition)) } : entry;
}

function planRecords(
  records: readonly ProgramRecord[],
  { org, matched }: { readonly org: OrgProgram; readonly matched: MatchedRecords },
): PlanEntry[] {
  const nameOf = namesIn(org);
  return records.map((record) => {
    const found = org.objects.get(record.object) ?? nothing;
    return planRecord({ record, matched, found, nameOf });
  });
}

const nothing: OrgObject = { fields: new Map(), records: [] };

function nameInOrg(program: ProgramRecord, matched: MatchedRecords): string {
  const name = matched.get(program)?.values['Name'];
  return typeof name === 'string' ? name : program.name;
}
