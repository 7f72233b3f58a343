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
    /** In the sample of `mapTraceablePtForRedemTrxn`, instead of `outputValues`. */
    outputs: z.record(z.string(), z.unknown()).nullish(),
  }),
);
export type ActionResponse = z.infer<typeof ActionResponse>;

const DescribedParameter = z.looseObject({
  name: z.string(),
  /** `BOOLEAN`, `DOUBLE`, `INTEGER`, `STRING`, `STRUCTURE`, and others of the platform. */
  type: z.string().nullish(),
  required: z.boolean().nullish(),
  label: z.string().nullish(),
});

/** What `GET` on an action answers. Source: REST API Developer Guide, "Invocable Actions". */
export const ActionDescription = z.looseObject({
  name: z.string(),
  label: z.string().nullish(),
  inputs: z.array(DescribedParameter),
  outputs: z.array(DescribedParameter).nullish(),
});
export type ActionDescription = z.infer<typeof ActionDescription>;

const standard = { since: 51, guide: 'Standard Invocable Actions' };
const custom = { since: 56, guide: 'Custom Invocable Actions' };

/** One resource for all actions: which there are is in `contract/actions/`. */
export const actionEndpoints = {
  describe: endpoint({ method: 'GET', path: '/actions/standard/{action}', ...standard, response: ActionDescription }),
  /** Actions that an org has of its own, such as one for each process: `runProgramProcess/{Program}_SLI_{Process}`. */
  describeCustom: endpoint({
    method: 'GET',
    path: '/actions/custom/{type}/{action}',
    ...custom,
    response: ActionDescription,
  }),
  runCustom: endpoint({
    method: 'POST',
    path: '/actions/custom/{type}/{action}',
    ...custom,
    request: ActionRequest,
    response: ActionResponse,
  }),
  run: endpoint({
    method: 'POST',
    path: '/actions/standard/{action}',
    since: 51,
    guide: 'Standard Invocable Actions',
    request: ActionRequest,
    response: ActionResponse,
  }),
};
