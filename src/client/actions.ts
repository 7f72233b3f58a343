import type { LoyaltyAction } from '../contract/action.js';
import { actionEndpoints, ActionResponse } from '../contract/endpoints/actionEndpoints.js';
import type { Parameters, ValuesOf } from '../contract/parameter.js';
import { requestName } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyActionError, LoyaltyApiError, actionErrors } from './failures/callErrors.js';
import { parseAnswer } from './parseAnswer.js';

const request = requestName(actionEndpoints.run);

interface Invocation {
  readonly input: unknown;
  readonly isRead: boolean;
  readonly signal: AbortSignal | undefined;
}

/** `client.actions`: standard actions. */
export class ActionsResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * Runs an action on one input: `POST /actions/standard/{name}`. An org may know it by another name: if a name is not
   * found, which runs nothing, the next one is tried. Otherwise it is sent at most once, unless it only reads.
   *
   * @throws {LoyaltyActionError} when the input failed
   */
  async run<Inputs extends Parameters, Outputs extends Parameters>(
    action: LoyaltyAction<Inputs, Outputs>,
    input: ValuesOf<Inputs>,
    signal?: AbortSignal,
  ): Promise<ValuesOf<Outputs>> {
    const { name, aliases, isRead } = action;
    const [element] = await this.#runByAnyName([name, ...aliases], { input, isRead, signal });
    if (!element?.isSuccess) {
      throw new LoyaltyActionError(name, element ? actionErrors(element) : []).ofRequest(request);
    }
    // An action without outputs may answer null.
    const what = `A success of the action ${name} came`;
    return parseAnswer(element.outputValues ?? {}, action.output, { what, request, isRead });
  }

  async #runByAnyName(names: readonly string[], invocation: Invocation): Promise<ActionResponse> {
    const [action = '', ...others] = names;
    const { input, isRead, signal } = invocation;
    try {
      const options = { params: { action }, body: { inputs: [input] }, signal, isRead };
      return parseAnswer(await this.#call(actionEndpoints.run, options), ActionResponse.length(1), {
        what: `An answer of the action ${action} came`,
        request,
        isRead,
      });
    } catch (error) {
      if (others.length > 0 && isUnknownAction(error)) return this.#runByAnyName(others, invocation);
      return asActionError(error);
    }
  }
}

function isUnknownAction(error: unknown): boolean {
  return error instanceof LoyaltyApiError && error.status === 404 && error.errorCode === 'NOT_FOUND';
}

/** A failed input may also come with HTTP 400, with the same list of elements in the body. It gets the same error. */
function asActionError(error: unknown): never {
  const failed = error instanceof LoyaltyApiError ? ActionResponse.safeParse(error.json).data?.[0] : undefined;
  if (!failed) throw error;
  throw new LoyaltyActionError(failed.actionName, actionErrors(failed), { cause: error }).ofRequest(request);
}
