import { z } from 'zod';
import { ApiErrorItem } from '../apiError.js';
import { endpoint } from '../endpoint.js';

const ActionError = z.union([
  z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).optional() }),
  ApiErrorItem,
  z.string(),
]);

export const ActionRequest = z.object({ inputs: z.array(z.unknown()).min(1) });

/**
 * One element per input. If an element fails, the status is HTTP 400, but the answer still has this shape and not that of
 * an error array. Guide: "Standard Invocable Actions".
 */
export const ActionResponse = z.array(
  z.looseObject({
    actionName: z.string(),
    isSuccess: z.boolean(),
    errors: z.array(ActionError).nullish(),
    outputValues: z.record(z.string(), z.unknown()).nullish(),
  }),
);
export type ActionResponse = z.infer<typeof ActionResponse>;

/** One resource for all actions: which there are is in `contract/actions/`. */
export const actionEndpoints = {
  run: endpoint({
    method: 'POST',
    path: '/actions/standard/{action}',
    since: 51,
    guide: 'Standard Invocable Actions',
    request: ActionRequest,
    response: ActionResponse,
  }),
};
