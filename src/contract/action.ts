import { z } from 'zod';
import { ApiErrorItem } from './apiError.js';

const ActionError = z.union([
  z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).optional() }),
  ApiErrorItem,
  z.string(),
]);

/**
 * Answer of `POST /actions/standard/{name}`: one element per input. If an element fails, the status is HTTP 400, but
 * the answer still has this shape and not that of an error array. Guide: "Standard Invocable Actions".
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
