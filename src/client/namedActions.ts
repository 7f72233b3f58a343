import { standardActions } from '../contract/actions/index.js';
import type { LoyaltyAction } from '../contract/action.js';
import { actionEndpoints, ActionResponse } from '../contract/endpoints/actionEndpoints.js';
import type { ActionDescription } from '../contract/endpoints/actionEndpoints.js';
import { requestName } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyActionError, LoyaltyApiError, actionErrors } from './failures/callErrors.js';
import { parseAnswer } from './parseAnswer.js';

/** An action of this org: its name here, and what it takes and answers. */
export interface FoundAction {
  /** Under which this org has it; with its type, as in `runProgramProcess/Harbour_SLI_Credit`, for one of its own. */
  readonly name: string;
  readonly description: ActionDescription;
}

/** Finds and runs actions that only the org describes. `client.actions` has each method. */
export class NamedActions {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /** A standard action is found in any case. Some have two names, of which an org knows one. */
  async find(given: string): Promise<FoundAction | undefined> {
    for (const name of namesOf(given)) {
      try {
        return { name, description: await this.#describe(name) };
      } catch (error) {
        if (!(error instanceof LoyaltyApiError && error.status === 404 && error.errorCode === 'NOT_FOUND')) throw error;
      }
    }
    return undefined;
  }

  /** @throws {LoyaltyActionError} when the input failed */
  async run({ name }: Pick<FoundAction, 'name'>, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    const [type, own] = partsOf(name);
    const endpoint = own === undefined ? actionEndpoints.run : actionEndpoints.runCustom;
    const request = requestName(endpoint);
    const elements = await this.#answer(name, input);
    const what = `An answer of the action ${own ?? type} came`;
    const [element] = parseAnswer(elements, ActionResponse.length(1), { what, request });
    if (element?.isSuccess) return element.outputValues ?? element.outputs ?? {};
    throw new LoyaltyActionError(name, element ? actionErrors(element) : []).ofRequest(request);
  }

  async #describe(name: string): Promise<ActionDescription> {
    const [type, own] = partsOf(name);
    return own === undefined
      ? this.#call(actionEndpoints.describe, { params: { action: type } })
      : this.#call(actionEndpoints.describeCustom, { params: { type, action: own } });
  }

  /** A failed input may also come with HTTP 400, with the same element in the body. */
  async #answer(name: string, input: Record<string, unknown>): Promise<ActionResponse> {
    const [type, own] = partsOf(name);
    const body = { inputs: [input] };
    try {
      return await (own === undefined
        ? this.#call(actionEndpoints.run, { params: { action: type }, body })
        : this.#call(actionEndpoints.runCustom, { params: { type, action: own }, body }));
    } catch (error) {
      const elements = error instanceof LoyaltyApiError ? ActionResponse.safeParse(error.json).data : undefined;
      if (elements?.some(({ isSuccess }) => !isSuccess)) return elements;
      throw error;
    }
  }
}

function namesOf(given: string): string[] {
  const actions: readonly LoyaltyAction[] = Object.values(standardActions);
  const lower = given.toLowerCase();
  for (const { name, aliases } of actions) {
    const names = [name, ...aliases];
    const meant = names.find((each) => each.toLowerCase() === lower);
    if (meant !== undefined) return [...new Set([meant, ...names])];
  }
  return [given];
}

/** Only actions of the org itself have a type in their name. */
function partsOf(name: string): readonly [first: string, own: string | undefined] {
  const at = name.indexOf('/');
  return at === -1 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
}
