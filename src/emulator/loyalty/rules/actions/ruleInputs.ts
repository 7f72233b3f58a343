import { decimalOf, readDecimal } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import { RuleFailure, textOf } from '../../../../rules/index.js';
import type { RuleCall, RuleValue } from '../../../../rules/index.js';

/** Returns an input, or null if it is blank or not given. Names have any case. */
export function inputOf({ inputs }: RuleCall, name: string): RuleValue {
  for (const [given, value] of inputs) if (given.toLowerCase() === name.toLowerCase()) return value;
  return null;
}

/** Returns a text, or undefined if it is blank. */
export function textInput(call: RuleCall, name: string): string | undefined {
  return textOf(inputOf(call, name)) || undefined;
}

/** @throws {RuleFailure} if it is blank */
export function requiredText(call: RuleCall, name: string): string {
  const text = textInput(call, name);
  if (text !== undefined) return text;
  throw new RuleFailure(`${call.name}: ${name} is blank.`);
}

/** A blank number is 0. @throws {RuleFailure} if it is no number */
export function numberInput(call: RuleCall, name: string): Decimal {
  const value = inputOf(call, name);
  if (value === null || value === '') return decimalOf(0);
  const number = readDecimal(textOf(value));
  if (number) return number;
  throw new RuleFailure(`${call.name}: ${name} is ${JSON.stringify(textOf(value))}, which is no number.`);
}
