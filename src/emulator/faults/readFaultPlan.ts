import { z } from 'zod';
import { DocumentError } from '../../base/files/documentError.js';
import { readDocument } from '../../base/files/readDocument.js';
import { FaultPlan } from './faultPlan.js';

/**
 * Reads the plan given in a flag: JSON text if it begins with a bracket, otherwise the path of a JSON file.
 *
 * @throws {FaultPlanError} with the file and the place of the mistake, when the plan is invalid or cannot be read
 */
export async function readFaultPlan(flag: string): Promise<FaultPlan> {
  const isText = /^\s*[[{]/.test(flag);
  try {
    const text = isText ? flag : await readDocument(flag);
    // The YAML reader is loaded when there is a plan: without it, a local org starts sooner.
    const { DocumentText } = await import('../../base/files/documentText.js');
    return checkedPlan(FaultPlan, new DocumentText(text).value());
  } catch (error) {
    const name = isText ? 'The fault plan' : flag;
    throw new FaultPlanError(
      error instanceof DocumentError
        ? `${name} line ${error.line}, column ${error.column}: ${error.message}`
        : `${name}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** @throws {FaultPlanError} with the place of the mistake, when the value does not have the shape */
export function checkedPlan<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new FaultPlanError(z.prettifyError(parsed.error), { cause: parsed.error });
}

export class FaultPlanError extends Error {
  override readonly name = 'FaultPlanError';
  readonly actions = [
    'A plan that works: {"seed":7,"rules":[{"fault":"silence","rate":0.1,"match":{"method":"POST"}}]}',
  ];
}
