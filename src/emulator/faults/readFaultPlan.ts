import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fileProblem } from '../../base/fileProblem.js';
import { FaultPlan } from './plan.js';

/**
 * Reads the plan given in a flag: JSON text if it begins with a bracket, otherwise the path of a JSON file.
 *
 * @throws {FaultPlanError} with the file and the place of the mistake, when the plan is invalid or cannot be read
 */
export async function readFaultPlan(flag: string): Promise<FaultPlan> {
  const isText = /^\s*[[{]/.test(flag);
  try {
    return checked(FaultPlan, JSON.parse(isText ? flag : await readFile(flag, 'utf8')));
  } catch (error) {
    const reason = fileProblem(error)?.reason ?? (error instanceof Error ? error.message : String(error));
    throw new FaultPlanError(`${isText ? 'The fault plan' : flag}: ${reason}`, { cause: error });
  }
}

/** @throws {FaultPlanError} with the place of the mistake, when the value does not have the shape */
export function checked<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new FaultPlanError(z.prettifyError(parsed.error), { cause: parsed.error });
}

export class FaultPlanError extends Error {
  public override readonly name = 'FaultPlanError';
  public readonly actions = [
    'A plan that works: {"seed":7,"rules":[{"fault":"silence","rate":0.1,"match":{"method":"POST"}}]}',
  ];
}
