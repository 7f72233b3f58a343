import type { Formula, FormulaClock } from '../formula.js';
import type { RuleValue } from '../ruleValue.js';
import { compileFormula } from './compileFormula.js';
import type { FormulaPart } from './formulaPart.js';
import type { FormulaNode } from './formulaTree.js';
import type { KnownNames } from './knownNames.js';
import { parseFormulaTree } from './parseFormulaTree.js';

/**
 * Reads an expression of a rule, such as `FLOOR({!Balance} / {!Target}) * {!FaceValue}`.
 * @throws {FormulaParseError} if it is not one, or uses a function or a name that is not known
 */
export function parseFormula(text: string, known: KnownNames): Formula {
  const tree = parseFormulaTree(text);
  const { evaluate } = compileFormula(tree, text, known);
  return new ParsedFormula(text, namesIn(tree), evaluate);
}

class ParsedFormula implements Formula {
  readonly text: string;
  readonly references: readonly string[];
  readonly #evaluate: FormulaPart['evaluate'];

  constructor(text: string, references: readonly string[], evaluate: FormulaPart['evaluate']) {
    this.text = text;
    this.references = references;
    this.#evaluate = evaluate;
  }

  /** @throws {FormulaError} */
  evaluate(valueOf: (reference: string) => RuleValue, clock: FormulaClock): RuleValue {
    const value = this.#evaluate({ valueOf, clock });
    // A blank is null, whatever its type.
    return value === '' ? null : value;
  }
}

/** Each once, in the order of the expression. */
function namesIn(tree: FormulaNode): readonly string[] {
  const names = new Set<string>();
  const visit = (node: FormulaNode): void => {
    if (node.kind === 'name') names.add(node.name);
    else if (node.kind === 'call') node.arguments.forEach(visit);
    else if (node.kind === 'one') visit(node.operand);
    else if (node.kind === 'two') [node.left, node.right].forEach(visit);
  };
  visit(tree);
  return [...names];
}
