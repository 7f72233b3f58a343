import type { LoyaltyAction } from '../../../contract/action.js';
import type { Parameters, ValuesOf } from '../../../contract/parameter.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { NamedInputs } from '../parameters.js';
import type { WriteContext } from '../writeContext.js';

/** One input of an action. */
export interface ActionCall<Inputs extends Parameters> {
  readonly writing: WriteContext;
  readonly inputs: NamedInputs<Inputs>;
  /** `66` for `v66.0` */
  readonly version: number;
}

/** An input as it came, and who gives it. */
interface GivenInput {
  readonly writing: WriteContext;
  readonly input: unknown;
  readonly version: number;
}

/** An action of the contract that this org has. */
export interface ServedAction {
  readonly action: LoyaltyAction;
  /** One input that fails undoes all of them. */
  readonly isAllOrNone: boolean;
  /** @throws {OrgRefusal | ProcessFailure} when the input cannot be done */
  readonly run: (loyalty: LoyaltyOrg, given: GivenInput) => Record<string, unknown>;
}

/** @param run returns the output values */
export function serveAction<Inputs extends Parameters, Outputs extends Parameters>(
  action: LoyaltyAction<Inputs, Outputs>,
  run: (loyalty: LoyaltyOrg, call: ActionCall<Inputs>) => ValuesOf<Outputs>,
  { isAllOrNone = false }: { readonly isAllOrNone?: boolean } = {},
): ServedAction {
  return {
    action,
    isAllOrNone,
    run: (loyalty, { writing, input, version }) => {
      const inputs = new NamedInputs(action.inputs, input);
      inputs.requireAll();
      return run(loyalty, { writing, inputs, version });
    },
  };
}
