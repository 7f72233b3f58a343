import type { LoyaltyAction } from '../contract/action.js';
import { actionEndpoints, ActionResponse } from '../contract/endpoints/actionEndpoints.js';
import type { Parameters, ValuesOf } from '../contract/parameter.js';
import { requestName } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyActionError, LoyaltyApiError, actionErrors } from './failures/callErrors.js';
import { parseAnswer } from './parseAnswer.js';

const request = requestName(actionEndpoints.run);

/** `client.actions`: standard actions. */
export class ActionsResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * Runs an action on one input: `POST /actions/standard/{name}`. An org may know it by another name: if a name is not
   * found, which runs nothing, the next one is tried. Otherwise it is sent at most once.
   *
   * @throws {LoyaltyActionError} when the input failed
   */
  async run<Inputs extends Parameters, Outputs extends Parameters>(
    action: LoyaltyAction<Inputs, Outputs>,
    input: ValuesOf<Inputs>,
    signal?: AbortSignal,
  ): Promise<ValuesOf<Outputs>> {
    const { name } = action;
    const [element] = await this.#runByAnyName([name, ...action.aliases], input, signal);
    if (!element?.isSuccess) {
      throw new LoyaltyActionError(name, element ? actionErrors(element) : []).ofRequest(request);
    }
    return parseAnswer(element.outputValues, action.output, { what: `A success of the action ${name} came`, request });
  }

  async #runByAnyName(names: readonly string[], input: unknown, signal?: AbortSignal): Promise<ActionResponse> {
    const [action = '', ...others] = names;
    try {
      const options = { params: { action }, body: { inputs: [input] }, signal };
      return parseAnswer(await this.#call(actionEndpoints.run, options), ActionResponse.length(1), {
        what: `An answer of the action ${action} came`,
        request,
      });
    } catch (error) {
      if (others.length > 0 && isUnknownAction(error)) return this.#runByAnyName(others, input, signal);
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
