import { shortText } from '../../base/text/shortText.js';
import type { Formula } from '../formula.js';
import { FormulaParseError } from '../formulas/formulaParseError.js';
import type { KnownNames } from '../formulas/knownNames.js';
import { parseFormula } from '../formulas/parseFormula.js';
import type { RulePlace } from '../programRules.js';
import type { ParameterScope } from './parameterScope.js';
import { constantFormula, referenceFormula } from './plainFormula.js';
import type { RulesReading } from './rulesReading.js';

/** What the parts of a rule are read with. */
export interface RuleContext {
  readonly reading: RulesReading;
  readonly scope: ParameterScope;
}

const word = /^[A-Za-z_]\w*$/;
const wordsWithValue = /^(true|false|null)$/i;

/** Reads an expression, and checks what it refers to. */
export function readExpression(text: string, place: RulePlace, { reading, scope }: RuleContext): Formula {
  if (word.test(text) && !wordsWithValue.test(text)) {
    if (scope.get(text)) reading.fail(place, `"${text}" stands where a value is needed: write {!${text}}`);
    else reading.fail(place, notAnExpression(text, scope));
    return constantFormula(text, null);
  }
  const formula = parseUnchecked(text, place, { reading, typeOf: (name) => scope.get(name)?.dataType });
  for (const reference of formula.references) scope.checkReference(reference, place);
  return formula;
}

function notAnExpression(text: string, scope: ParameterScope): string {
  const meant = scope.meant(text);
  const hint = meant === undefined ? `write "${text}" in quotes if it is a text` : `did you mean {!${meant}}?`;
  return `"${text}" is not an expression; ${hint}`;
}

export interface ParsingContext {
  readonly reading: RulesReading;
  /** Types of parameters. Those of fields are not known. */
  readonly typeOf: NonNullable<KnownNames['typeOf']>;
}

/** Reads an expression. All references are allowed, because they are checked afterwards, with better messages. */
export function parseUnchecked(text: string, place: RulePlace, { reading, typeOf }: ParsingContext): Formula {
  try {
    return parseFormula(text, { has: () => true, values: () => [], typeOf });
  } catch (error) {
    if (!(error instanceof FormulaParseError)) throw error;
    const reason = error.message.replace(/\.$/, '');
    reading.fail(place, `the expression ${shortText(text, 80)} cannot be read: ${reason}`);
    return constantFormula(text, null);
  }
}

/** Reads a parameter or a path, with or without braces. */
export function readReference(text: string, place: RulePlace, { scope }: RuleContext): Formula {
  const [, braced] = /^\{!\s*([\w.]+)\s*\}$/.exec(text) ?? [];
  const reference = braced ?? text;
  scope.checkReference(reference, place);
  return referenceFormula(reference);
}
