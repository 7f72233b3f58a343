import type { PlanEntry, UntouchedRecord } from './programPlan.js';

/**
 * How processes get into an org: by a metadata deploy of type LoyaltyProgramSetup, which brings their rules; as records
 * without rules; or not at all.
 */
export const processWays = ['deploy', 'records', 'skip'] as const;
export type ProcessWay = (typeof processWays)[number];

interface ProcessQuestion {
  readonly way: ProcessWay;
  /** Whether the definition has a file with the rules. */
  readonly hasRules: boolean;
  readonly untouched: readonly UntouchedRecord[];
  /** Name of the program. */
  readonly program: string;
}

export function isOfProcess({ object }: { readonly object: string }): boolean {
  return object === 'LoyaltyProgramProcess';
}

/** Says what becomes of the processes. Everything else stays as it was planned. */
export function planProcesses(entries: readonly PlanEntry[], question: ProcessQuestion): PlanEntry[] {
  if (question.way === 'records') return [...entries];
  const processes = entries.filter(isOfProcess);
  if (processes.length === 0 && question.hasRules && question.way === 'deploy') {
    return [...entries, rulesEntry(question)];
  }
  const differ = processes.some(({ action }) => action !== 'leave');
  const exist = processes.some(({ id }) => id !== undefined) || question.untouched.some(isOfProcess);
  return entries.map((entry) => (isOfProcess(entry) ? plannedProcess(entry, question, { differ, exist }) : entry));
}

function plannedProcess(
  { reason: _reason, ...entry }: PlanEntry,
  { way, hasRules }: ProcessQuestion,
  { differ, exist }: { readonly differ: boolean; readonly exist: boolean },
): PlanEntry {
  const source = { kind: 'process' } as const;
  if (way === 'skip') return { ...entry, action: 'leave', fields: [], source, reason: 'Processes are skipped.' };
  if (!differ) return { ...entry, source };
  if (exist && !hasRules) return { ...entry, action: 'cannot', source, reason: wouldOverwrite };
  return { ...entry, action: entry.id === undefined ? 'create' : 'change', source };
}

/** A file with rules also has their processes. It is deployed where the org has none; rules are not compared. */
function rulesEntry({ program, untouched }: ProcessQuestion): PlanEntry {
  const exist = untouched.some(isOfProcess);
  return {
    action: exist ? 'leave' : 'create',
    object: 'LoyaltyProgramSetup',
    name: program,
    fields: [],
    source: { kind: 'process' },
    ...(exist && { reason: notCompared }),
  };
}

const notCompared =
  'The org has processes, and their rules are not compared. List the processes in the definition, or deploy the file yourself.';

const wouldOverwrite =
  'A deploy holds all processes of a program with their rules, and the org already has some. Retrieve LoyaltyProgramSetup, name the file as "rules" in the definition, and change it there; or leave the processes alone with --processes skip.';
