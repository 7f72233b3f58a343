import type { z } from 'zod';
import { ActionResponse } from '../contract/action.js';
import { LoyaltyActionError, LoyaltyApiError, actionErrors } from './failures/errors.js';
import { fitted } from './fitted.js';
import type { Send } from './transport/send.js';

export interface ActionCall<T> {
  readonly name: string;
  readonly input: Record<string, unknown>;
  /** Shape of `outputValues`. */
  readonly output: z.ZodType<T>;
}

/**
 * Runs a standard action on one input: `POST /actions/standard/{name}`, sent at most once.
 *
 * @throws LoyaltyActionError when the input failed.
 */
export async function runAction<T>(send: Send, { name, input, output }: ActionCall<T>): Promise<T> {
  const path = `/actions/standard/${encodeURIComponent(name)}`;
  const body = { inputs: [input] };
  const [element] = await send({ method: 'POST', path, body }, ActionResponse.length(1)).catch(asActionError);
  if (!element?.isSuccess) throw new LoyaltyActionError(name, element ? actionErrors(element) : []);
  return fitted(element.outputValues, output, `A success of the action ${name} came`);
}

/** An input that fails comes with HTTP 400 and is still a list of elements: the same failure, the same error. */
function asActionError(error: unknown): never {
  const failed = error instanceof LoyaltyApiError ? ActionResponse.safeParse(error.json).data?.[0] : undefined;
  if (!failed) throw error;
  throw new LoyaltyActionError(failed.actionName, actionErrors(failed), { cause: error });
}
