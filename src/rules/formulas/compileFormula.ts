import { nearest } from '../../base/text/nearest.js';
import type { DataType } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { FormulaParseError } from './formulaParseError.js';
import { bindOperator, typeOfOperator } from './formulaOperators.js';
import type { FormulaFunction, FormulaPart } from './formulaPart.js';
import { FormulaPlace } from './formulaPlace.js';
import type { FormulaNode } from './formulaTree.js';
import { booleanFrom, numberFrom } from './formulaValues.js';
import { formulaFunctions, refusedFunctions } from './formulaFunctions.js';
import type { KnownNames } from './knownNames.js';

/**
 * Makes an expression ready to be evaluated: every node becomes a function, so that no tree is walked later.
 * @throws {FormulaParseError} if it uses a name or a function that is not known
 */
export function compileFormula(tree: FormulaNode, text: string, known: KnownNames): FormulaPart {
  return new FormulaCompiler(text, known).part(tree);
}

class FormulaCompiler {
  readonly #text: string;
  readonly #known: KnownNames;

  constructor(text: string, known: KnownNames) {
    this.#text = text;
    this.#known = known;
  }

  /** @throws {FormulaParseError} */
  part(node: FormulaNode): FormulaPart {
    switch (node.kind) {
      case 'literal':
        return { evaluate: () => node.value, type: typeOfLiteral(node.value), isNull: node.value === null };
      case 'name':
        return this.#name(node.name, node.at);
      case 'call':
        return this.#call(node);
      case 'one':
        return this.#one(node);
      case 'two': {
        const [left, right] = [this.part(node.left), this.part(node.right)];
        const place = new FormulaPlace(node.operator, this.#text, node.at);
        const evaluate = bindOperator(node.operator, left, right, place);
        return { evaluate, type: typeOfOperator(node.operator, left, right), isNull: false };
      }
    }
  }

  #name(name: string, at: number): FormulaPart {
    if (!this.#known.has(name)) {
      const meant = nearest(name, this.#known.values());
      throw new FormulaParseError(`${name} is not known here`, { text: this.#text, offset: at, meant });
    }
    return { evaluate: ({ valueOf }) => valueOf(name), type: this.#known.typeOf?.(name), isNull: false };
  }

  #one({ operator, operand, at }: FormulaNode & { kind: 'one' }): FormulaPart {
    const { evaluate } = this.part(operand);
    const place = new FormulaPlace(operator, this.#text, at);
    if (operator === '!')
      return { evaluate: (scope) => !booleanFrom(evaluate(scope), place), type: 'Boolean', isNull: false };
    const sign = operator === '-' ? -1 : 1;
    // Adding 0 makes 0 of -0.
    return { evaluate: (scope) => sign * numberFrom(evaluate(scope), place) + 0, type: 'Numeric', isNull: false };
  }

  #call({ name, arguments: given, at }: FormulaNode & { kind: 'call' }): FormulaPart {
    const called = formulaFunctions.get(name) ?? this.#unknown(name, at);
    const wrong = wrongCount(called, given.length);
    if (wrong !== undefined) throw new FormulaParseError(`${name} ${wrong}`, { text: this.#text, offset: at });
    const parts = given.map((each) => this.part(each));
    const place = new FormulaPlace(name, this.#text, at);
    return { evaluate: called.bind(parts, place), type: called.typeOf?.(parts) ?? called.type, isNull: false };
  }

  #unknown(name: string, offset: number): never {
    const refused = refusedFunctions.get(name);
    if (refused !== undefined)
      throw new FormulaParseError(`${name} is not supported: ${refused}`, { text: this.#text, offset });
    const meant = nearest(name, formulaFunctions.keys());
    throw new FormulaParseError(`${name} is not a function of formulas`, { text: this.#text, offset, meant });
  }
}

function wrongCount({ least, most, refuse }: FormulaFunction, count: number): string | undefined {
  if (count >= least && count <= most) return refuse?.(count);
  if (least === most) return `takes ${least === 0 ? 'no' : least} argument${least === 1 ? '' : 's'}, not ${count}`;
  return most === Infinity
    ? `takes at least ${least} arguments, not ${count}`
    : `takes ${least} to ${most} arguments, not ${count}`;
}

function typeOfLiteral(value: RuleValue): DataType | undefined {
  if (typeof value === 'string') return 'Text';
  if (typeof value === 'number') return 'Numeric';
  return typeof value === 'boolean' ? 'Boolean' : undefined;
}
