import { SfError } from '@salesforce/core';
import { ImpossiblePlanError, planActions, ProgramCreationError, SimultaneousCreationError } from '../program/index.js';
import type { AppliedRecord, PlanAction, ProgramPlan } from '../program/index.js';
import { exitCodes } from './errors/exitCodes.js';
import type { ExitCode } from './errors/exitCodes.js';
import type { CreateProgramResult } from './results/programResults.js';

/** Returns the result of a command for a plan. @param applied what was done, or undefined if nothing was written */
export function createProgramResult(plan: ProgramPlan, applied?: readonly AppliedRecord[]): CreateProgramResult {
  const done = new Map(applied?.map((record) => [keyOf(record), record]));
  const records = plan.entries.map((entry) => {
    const { name: key, object, action, fields, reason, place } = entry;
    const record = action === 'leave' ? undefined : done.get(keyOf(entry));
    const id = entry.id ?? (record?.id || undefined);
    const status = action === 'leave' ? 'unchanged' : record ? 'done' : 'planned';
    return {
      ...({ key, object, action, status } as const),
      ...(id !== undefined && { id }),
      fields: [...fields],
      ...(reason !== undefined && { reason }),
      ...(place !== undefined && { place: { ...place } }),
    };
  });
  const program = applied?.find(({ object }) => object === 'LoyaltyProgram');
  return {
    program: plan.program,
    programId: plan.programId ?? program?.id ?? null,
    records,
    counts: countActions(records),
    untouched: plan.untouched.map(({ name: key, object, id }) => ({ key, object, id })),
  };
}

/** Names are unique per object, apart from tiers of different groups, which are created in one request. */
function keyOf({ object, name }: { readonly object: string; readonly name: string }): string {
  return `${object} ${name}`;
}

function countActions(records: readonly { readonly action: PlanAction }[]): CreateProgramResult['counts'] {
  const counts = Object.fromEntries(planActions.map((action) => [action, 0])) as CreateProgramResult['counts'];
  for (const { action } of records) counts[action] += 1;
  return counts;
}

/** Returns the error for a program that was written in part, with what is in the org as data. */
export function halfwayError(error: unknown, plan: ProgramPlan, done: Halfway): unknown {
  const { applied, again } = done;
  if (error instanceof SfError) return error.setData(createProgramResult(plan, applied));
  if (!(error instanceof ProgramCreationError || error instanceof SimultaneousCreationError)) return error;
  return SfError.create({
    name: error.name,
    message: error.message,
    actions: [...error.actions, again],
    cause: error,
    exitCode: creationExitCode(error),
    data: createProgramResult(plan, applied),
  });
}

/** Returns the exit code for an error of a program's creation, or undefined for another error. */
export function creationExitCode(error: unknown): ExitCode | undefined {
  if (error instanceof SimultaneousCreationError) return exitCodes.unfinished;
  if (error instanceof ImpossiblePlanError) return exitCodes.attention;
  if (!(error instanceof ProgramCreationError)) return undefined;
  return error.isUnfinished ? exitCodes.unfinished : exitCodes.attention;
}

interface Halfway {
  readonly applied: readonly AppliedRecord[];
  /** How to go on. */
  readonly again: string;
}
