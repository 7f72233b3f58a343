import { systemClock } from '../base/clock.js';
import type { LoyaltyAction } from '../contract/action.js';
import { actionEndpoints, ActionResponse } from '../contract/endpoints/actionEndpoints.js';
import type { Parameters, ValuesOf } from '../contract/parameter.js';
import { requestName } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LostAnswerError, LoyaltyActionError, LoyaltyApiError, actionErrors } from './failures/callErrors.js';
import { NamedActions } from './namedActions.js';
import type { FoundAction } from './namedActions.js';
import { parseAnswer } from './parseAnswer.js';

const request = requestName(actionEndpoints.run);

/** The limit is not published for REST. From Apex, these actions take 200 at a time. */
const maxInputsPerRequest = 200;

/** What became of one input: its outputs, or why there are none. */
export type ActionOutcome<Output> =
  | { readonly output: Output }
  /** `LostAnswerError`: the input succeeded, and its outputs are not what the API documents. */
  | { readonly error: LoyaltyActionError | LostAnswerError };

/** The names of an action in the order in which they are tried. */
type NamedAction = Pick<LoyaltyAction, 'name' | 'aliases' | 'isRead'>;

interface RunOptions {
  readonly signal: AbortSignal | undefined;
  /** All names together have the time of one call. */
  readonly began: number;
}

/** `client.actions`: standard actions. */
export class ActionsResource {
  readonly #call: CallEndpoint;
  readonly #named: NamedActions;

  constructor(call: CallEndpoint) {
    this.#call = call;
    this.#named = new NamedActions(call);
  }

  /**
   * Finds an action that the org describes, also one of its own, such as `runProgramProcess/Harbour_SLI_Credit`: `GET
   * /actions/standard/{name}` or `/actions/custom/{type}/{name}`. Of an action with two names, the other one is tried,
   * too. Undefined if there is none.
   */
  async find(name: string): Promise<FoundAction | undefined> {
    return this.#named.find(name);
  }

  /**
   * Runs an action by its name on one input, as it is, and returns its outputs. Sent at most once.
   *
   * @throws {LoyaltyActionError} when the input failed
   */
  async runNamed(action: Pick<FoundAction, 'name'>, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.#named.run(action, input);
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
    const [outcome] = await this.runEach(action, [input], signal);
    if (outcome && 'output' in outcome) return outcome.output;
    throw outcome?.error ?? new LoyaltyActionError(action.name, []).ofRequest(request);
  }

  /**
   * Runs an action on several inputs in one request, and returns what became of each, in order. One that failed does not
   * undo the others, as far as the platform's convention goes.
   *
   * @throws {RangeError} for no inputs or more than 200; nothing is sent
   * @throws {LostAnswerError} also when the number of results differs from the number of inputs
   */
  async runEach<Inputs extends Parameters, Outputs extends Parameters>(
    action: LoyaltyAction<Inputs, Outputs>,
    inputs: ReadonlyArray<ValuesOf<Inputs>>,
    signal?: AbortSignal,
  ): Promise<Array<ActionOutcome<ValuesOf<Outputs>>>> {
    if (inputs.length === 0 || inputs.length > maxInputsPerRequest) {
      throw new RangeError(`A request holds 1 to ${maxInputsPerRequest} inputs, not ${inputs.length}.`);
    }
    const elements = await this.#runByAnyName(action, inputs, { signal, began: systemClock.monotonic() });
    return elements.map((element) => outcomeOf(action, element));
  }

  async #runByAnyName(
    { name, aliases, isRead }: NamedAction,
    inputs: readonly unknown[],
    runOptions: RunOptions,
  ): Promise<ActionResponse> {
    const [other, ...others] = aliases;
    try {
      const options = { params: { action: name }, body: { inputs: [...inputs] }, isRead, ...runOptions };
      return parseAnswer(await this.#call(actionEndpoints.run, options), ActionResponse.length(inputs.length), {
        what: `An answer of the action ${name} came`,
        request,
        isRead,
      });
    } catch (error) {
      if (other !== undefined && isUnknownAction(error)) {
        return this.#runByAnyName({ name: other, aliases: others, isRead }, inputs, runOptions);
      }
      return failedElements(error, inputs.length);
    }
  }
}

function outcomeOf<Outputs extends Parameters>(
  { name, output, isRead }: LoyaltyAction<Parameters, Outputs>,
  element: ActionResponse[number],
): ActionOutcome<ValuesOf<Outputs>> {
  if (!element.isSuccess) return { error: new LoyaltyActionError(name, actionErrors(element)).ofRequest(request) };
  const what = `A success of the action ${name} came`;
  try {
    // An action without outputs may answer null.
    return { output: parseAnswer(element.outputValues ?? element.outputs ?? {}, output, { what, request, isRead }) };
  } catch (error) {
    if (error instanceof LostAnswerError) return { error };
    throw error;
  }
}

function isUnknownAction(error: unknown): boolean {
  return error instanceof LoyaltyApiError && error.status === 404 && error.errorCode === 'NOT_FOUND';
}

/** A failed input may also come with HTTP 400, with the same list of elements in the body. */
function failedElements(error: unknown, count: number): ActionResponse {
  const elements = error instanceof LoyaltyApiError ? ActionResponse.safeParse(error.json).data : undefined;
  if (elements?.length === count && elements.some(({ isSuccess }) => !isSuccess)) return elements;
  throw error;
}
