import { z } from 'zod';
import { DocumentError, DocumentText } from '../../base/documentText.js';
import { readDocument } from '../../base/readDocument.js';
import { FaultPlan } from './plan.js';

/**
 * The plan that a flag names: JSON text when it begins with a bracket, else the path of a JSON file.
 * @throws FaultPlanError that names the file, and where in it what is wrong
 */
export async function readFaultPlan(flag: string): Promise<FaultPlan> {
  const isText = /^\s*[[{]/.test(flag);
  try {
    const text = isText ? flag : await readDocument(flag);
    return checked(FaultPlan, new DocumentText(text).value());
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

/** @throws FaultPlanError that says where in it what is wrong */
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
