import { shapeOf } from './parameter.js';
import type { Parameters, ShapeOf, ValuesOf } from './parameter.js';

/** A standard action of the org, called by `POST /actions/standard/{name}`. */
export interface LoyaltyAction<Inputs extends Parameters = Parameters, Outputs extends Parameters = Parameters> {
  /** As flows call it, and answers repeat it. */
  readonly name: string;
  /** Other names under which the guide addresses it. */
  readonly aliases: readonly string[];
  readonly label: string;
  /** First API version that has it. */
  readonly since: number;
  /** Whether it changes nothing. */
  readonly isRead: boolean;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  /** Shape of `outputValues`. */
  readonly output: ShapeOf<Outputs>;
}

export type InputOf<A extends LoyaltyAction> = ValuesOf<A['inputs']>;

interface ActionFacts<Inputs, Outputs> {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly label: string;
  readonly since: number;
  readonly isRead?: boolean;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
}

/** Writes an action down. */
export function action<Inputs extends Parameters, Outputs extends Parameters>(
  facts: ActionFacts<Inputs, Outputs>,
): LoyaltyAction<Inputs, Outputs> {
  return { aliases: [], isRead: false, ...facts, output: shapeOf(facts.outputs) };
}
