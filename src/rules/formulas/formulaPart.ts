import type { FormulaClock } from '../formula.js';
import type { DataType } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import type { FormulaPlace } from './formulaPlace.js';

/** What an evaluation is given. */
export interface FormulaScope {
  readonly valueOf: (reference: string) => RuleValue;
  readonly clock: FormulaClock;
}

/** A part of an expression, ready to be evaluated. */
export interface FormulaPart {
  /** @throws {FormulaError} if it has no value */
  readonly evaluate: (scope: FormulaScope) => RuleValue;
  /** Undefined if only its evaluation shows it. */
  readonly type: DataType | undefined;
  /** It is the word NULL. */
  readonly isNull: boolean;
}

/** A function of the formula language. */
export interface FormulaFunction {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly type?: DataType;
  /** Returns how it is evaluated with these arguments. Errors name the place. */
  readonly bind: (given: readonly FormulaPart[], place: FormulaPlace) => FormulaPart['evaluate'];
  /** Of a function whose type is that of its arguments. */
  readonly typeOf?: (given: readonly FormulaPart[]) => DataType | undefined;
  /** Returns why this number of arguments is wrong, if `least` and `most` do not say it. */
  readonly refuse?: (count: number) => string | undefined;
}
