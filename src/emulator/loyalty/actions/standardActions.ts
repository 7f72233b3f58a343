import type { ActionResponse } from '../../../contract/action.js';
import { ApiError, notFound, notImplemented } from '../../apiError.js';
import type { Endpoint, OrgRequest } from '../../http/endpoint.js';
import { ok } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import { isDocumentedAction } from '../../unimplemented/standardActions.js';
import { ProcessFailure } from '../processFailure.js';
import type { StandardAction } from './standardAction.js';
import { updateProgress } from './updateProgress.js';
import { inOneTransaction, type Writing } from '../work.js';

const root = '/services/data/:version/actions/standard';
/** Version from which an element carries four more keys (seen in samples). */
const longerElements = 64;

/**
 * Standard actions: one input per invocation, one element per input. One that fails undoes only itself; the others
 * stand, and the whole is HTTP 400 (platform convention; for these actions nothing is published).
 */
export function standardActionEndpoints(org: Org): Endpoint[] {
  const actions = [updateProgress(org.store)];
  return [
    { method: 'GET', path: root, handle: ({ path }) => ok({ actions: actions.map((action) => listed(action, path)) }) },
    { method: 'GET', path: `${root}/:action`, handle: (request) => ok(described(named(actions, request))) },
    {
      method: 'POST',
      path: `${root}/:action`,
      handle: (request) => {
        const action = named(actions, request);
        const inputs = inputsOf(request);
        const elements = inOneTransaction(org, request.session.userId, (writing) =>
          inputs.map((input) => invoke(action, input, writing)),
        );
        const body = request.version < longerElements ? elements : elements.map((each) => ({ ...each, ...laterKeys }));
        return { status: elements.every(({ isSuccess }) => isSuccess) ? 200 : 400, body };
      },
    },
  ];
}

const laterKeys = { invocationId: null, outcome: null, sortOrder: -1, version: 1 };

function named(actions: readonly StandardAction[], { params, version }: OrgRequest): StandardAction {
  const action = actions.find(({ name }) => name === params['action']);
  if (action && version >= action.since) return action;
  const name = params['action'] ?? '';
  throw !action && isDocumentedAction(name, version) ? notImplemented(`the action ${name}`) : notFound();
}

/** @throws ApiError 400: the code is inferred */
function inputsOf({ body }: OrgRequest): readonly unknown[] {
  const { inputs } = body.object();
  if (Array.isArray(inputs) && inputs.length > 0) return inputs;
  throw new ApiError(400, 'INVALID_INPUT', 'inputs has to be a list with at least one element');
}

function invoke(action: StandardAction, input: unknown, writing: Writing): ActionResponse[number] {
  const { name: actionName } = action;
  try {
    const outputValues = writing.store.transaction(() => action.run(writing, fieldsOf(input)));
    return { actionName, errors: null, isSuccess: true, outputValues };
  } catch (error) {
    return { actionName, errors: [errorOf(error)], isSuccess: false, outputValues: null };
  }
}

/** Names of inputs are matched as written by an org; samples contain slips, so here case does not matter. */
function fieldsOf(input: unknown): ReadonlyMap<string, unknown> {
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  return new Map(entries.map(([key, value]) => [key.toLowerCase(), value]));
}

function errorOf(error: unknown): { statusCode: string; message: string; fields: string[] } {
  if (error instanceof ApiError) {
    return { statusCode: error.errorCode, message: error.message, fields: [...(error.fields ?? [])] };
  }
  if (error instanceof ProcessFailure) return { statusCode: 'INVALID_API_INPUT', message: error.message, fields: [] };
  throw error;
}

function listed({ name, label }: StandardAction, path: string): Record<string, string> {
  return { label, name, type: name.toUpperCase(), url: `${path.replace(/\/$/, '')}/${name}` };
}

function described({ name, label, inputs, outputs }: StandardAction): Record<string, unknown> {
  const parameter = { description: null, maxOccurs: 1, picklistValues: null, sobjectType: null };
  return {
    description: label,
    inputs: inputs.map((each) => ({ ...parameter, byteLength: 0, ...each, label: each.name, required: true })),
    label,
    name,
    outputs: outputs.map((each) => ({ ...parameter, ...each, label: each.name })),
    standard: true,
    targetEntityName: null,
    type: name.toUpperCase(),
  };
}
