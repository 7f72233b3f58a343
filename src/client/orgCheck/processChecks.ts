import { z } from 'zod';
import type { ProcessType } from '../../contract/endpoints/processEndpoints.js';
import { namesText } from '../../base/text/namesText.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import { soqlText } from '../query/soql.js';
import { askOrg, good, isRefusal, lacking, note } from './orgFinding.js';
import type { Finding, OrgFinding } from './orgFinding.js';

const ProcessRow = z.object({
  Id: z.string(),
  Name: z.string(),
  ProcessType: z.string().nullable(),
  Status: z.string().nullable(),
  JournalType: z.object({ Name: z.string() }).nullable(),
});
type ProcessRow = z.infer<typeof ProcessRow>;

const RuleRow = z.object({ LoyaltyProgramProcessId: z.string(), Status: z.string().nullable() });

/** Which process each command calls, and by which name unless `--process` has another. */
export const processNeeds: readonly ProcessNeed[] = [
  { command: 'credit points', type: 'CreditPointsToMembers', name: 'CreditPointsToMembers' },
  { command: 'list promotions', type: 'GetMemberPromotions', name: 'GetMemberPromotions' },
  { command: 'enroll promotion', type: 'EnrollInPromotion', name: 'EnrollInPromotion' },
  { command: 'leave promotion', type: 'OptOutPromotion', name: 'OptOutOfPromotion' },
  { command: 'change tier', type: 'TierProcessing', name: 'TierProcessing' },
  { command: 'debit points', type: 'DebitPointsFromMembers', name: 'DebitPointsFromMembers' },
  { command: 'cancel voucher', type: 'CancelVoucher', name: 'CancelVoucher' },
  { command: 'update member', type: 'UpdateMemberDetails', name: 'UpdateMemberDetails', instead: '--records' },
  { command: 'unenroll member', type: 'UnenrollMember', name: 'UnenrollMember', instead: '--records' },
];

interface ProcessNeed {
  readonly command: string;
  readonly type: ProcessType;
  readonly name: string;
  /** Flag with which the command needs no process. */
  readonly instead?: string;
}

/** Processes of a program, by the commands that call them. */
export async function checkProcesses(client: LoyaltyClient, program: string): Promise<OrgFinding[]> {
  let rows: ProcessRow[] = [];
  const asked = await askOrg({ key: 'processes', program, what: 'its processes' }, async () => {
    rows = await readProcesses(client, program);
    return rows.length > 0 ? [] : note('The program has no processes, or none that the user can read.');
  });
  if (asked.some(({ error }) => error !== undefined)) return asked;
  const idle = await idleProcesses(client, program);
  const findings: OrgFinding[] = [
    { key: 'process: sync start', program, ...journalFinding(rows, idle) },
    ...processNeeds.map((need) => {
      return { key: `process: ${need.command}`, program, ...processFinding(need, rows, idle) };
    }),
  ];
  return [...asked, ...findings];
}

async function readProcesses({ query }: LoyaltyClient, program: string): Promise<ProcessRow[]> {
  const soql =
    'SELECT Id, Name, ProcessType, Status, JournalType.Name FROM LoyaltyProgramProcess ' +
    `WHERE LoyaltyProgram.Name = ${soqlText(program)} ORDER BY Name`;
  return query.allRows(soql, ProcessRow);
}

/** Ids of processes that have rules, none of which is active: they succeed and do nothing. */
async function idleProcesses({ query }: LoyaltyClient, program: string): Promise<ReadonlySet<string>> {
  const soql =
    'SELECT LoyaltyProgramProcessId, Status FROM LoyaltyProgramProcessRule ' +
    `WHERE LoyaltyProgramProcess.LoyaltyProgram.Name = ${soqlText(program)}`;
  try {
    const rules = await query.allRows(soql, RuleRow);
    const active = new Set(rules.filter(isActive).map((rule) => rule.LoyaltyProgramProcessId));
    const all = rules.map((rule) => rule.LoyaltyProgramProcessId);
    return new Set(all.filter((id) => !active.has(id)));
  } catch (error) {
    if (isRefusal(error)) return new Set();
    throw error;
  }
}

/** Journals move points only through a process of their type. */
function journalFinding(rows: readonly ProcessRow[], idle: ReadonlySet<string>): Finding {
  const ofType = rows.filter(({ ProcessType: type }) => type === 'TransactionJournal');
  const active = ofType.filter(isActive);
  if (active.length === 0)
    return lacking(
      'sync start: journals move no points. No process of type TransactionJournal is active.',
      advice(ofType),
    );
  const asleep = active.filter(({ Id }) => idle.has(Id));
  if (asleep.length > 0) return noRule('sync start', asleep);
  const types = new Set(active.map(({ JournalType }) => JournalType?.Name ?? 'any type'));
  return good(`sync start: journals of these types are processed: ${namesText([...types])}.`);
}

function processFinding(
  { command, type, name, instead }: ProcessNeed,
  rows: readonly ProcessRow[],
  idle: ReadonlySet<string>,
): Finding {
  const ofType = rows.filter((row) => row.ProcessType === type);
  const active = ofType.filter(isActive);
  if (active.length === 0) {
    const text = `${command}: no process of type ${type} is active.`;
    const toDo = advice(ofType);
    return instead === undefined ? lacking(text, toDo) : note(text, `Use ${instead}, which needs none. ${toDo}`);
  }
  const usual = active.find((row) => row.Name.toLowerCase() === name.toLowerCase());
  const chosen = usual ? [usual] : active;
  const asleep = chosen.filter(({ Id }) => idle.has(Id));
  if (asleep.length === chosen.length) return noRule(command, asleep);
  const names = namesText(chosen.map(({ Name }) => Name));
  if (usual) return good(`${command}: process ${names}.`);
  return note(
    `${command}: the org calls the process ${names}.`,
    `Name it with --process ${names.split(', ')[0] ?? ''}.`,
  );
}

function noRule(command: string, processes: readonly ProcessRow[]): Finding {
  const names = namesText(processes.map(({ Name }) => Name));
  return note(
    `${command}: no rule of the process ${names} is active, so that it does nothing.`,
    'Activate a rule in Promotion Setup.',
  );
}

function advice(inactive: readonly ProcessRow[]): string {
  if (inactive.length === 0)
    return 'Create one from its template in Promotion Setup, and activate its rule, then the process.';
  const names = namesText(inactive.map(({ Name, Status }) => ({ name: Name, remark: `(${Status ?? 'no status'})` })));
  return `Activate its rule, then the process, in Promotion Setup: ${names}.`;
}

function isActive({ Status }: { readonly Status: string | null }): boolean {
  return Status === 'Active';
}
