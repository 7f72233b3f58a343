import { FormulaParseError } from './formulaParseError.js';
import type { FormulaSign, FormulaToken } from './formulaToken.js';
import type { FormulaNode, TwoOperator } from './formulaTree.js';
import { readFormulaTokens } from './readFormulaTokens.js';

/**
 * How tightly an operator binds. All of them take what stands to their left first. `^` binds less tightly than `*`:
 * this is how the grammar that Salesforce publishes (github.com/salesforce/formula-engine) reads `2 * 3 ^ 2`, as 36.
 */
const tightness: Readonly<Partial<Record<FormulaSign, number>>> = {
  ...{ '||': 1, '&&': 2, '=': 3, '==': 3, '<>': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4 },
  ...{ '+': 5, '-': 5, '&': 5, '^': 6, '*': 7, '/': 7 },
};
const other: Readonly<Partial<Record<FormulaSign, TwoOperator>>> = { '==': '=', '!=': '<>' };
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ...[['true', true] as const],
  ['false', false],
  ['null', null],
]);

/** Enough for any formula that a person writes; deeper ones would exhaust the stack. */
const deepest = 200;
/** More than the 3,900 characters of a formula on the platform, and few enough for a chain of operators. */
const longest = 5_000;

/** @throws {FormulaParseError} if the text is not an expression */
export function parseFormulaTree(text: string): FormulaNode {
  return new FormulaReader(text).read();
}

class FormulaReader {
  readonly #text: string;
  readonly #tokens: readonly FormulaToken[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.length > longest) {
      const what = `the formula has ${text.length.toLocaleString('en-US')} characters, more than ${longest}`;
      throw new FormulaParseError(what, { text, offset: longest });
    }
    this.#tokens = readFormulaTokens(text);
  }

  read(): FormulaNode {
    if (this.#peek().kind === 'end') this.#fail('the formula is empty: write NULL for no value');
    const tree = this.#expression(0);
    if (this.#peek().kind === 'end') return tree;
    if (this.#isSign(')')) this.#fail('this ) has no ( before it');
    return this.#fail(`${this.#said()} cannot follow here: an operator is missing before it`);
  }

  #peek(): FormulaToken {
    return this.#tokens[this.#next] ?? { kind: 'end', at: this.#text.length };
  }

  /** Reads operators that bind more tightly than `least`. */
  #expression(least: number): FormulaNode {
    if (++this.#depth > deepest) this.#fail(`the formula is nested more than ${deepest} levels deep`);
    let left = this.#operand();
    for (;;) {
      const token = this.#peek();
      const tight = token.kind === 'sign' ? (tightness[token.value] ?? 0) : 0;
      if (token.kind !== 'sign' || tight <= least) break;
      this.#next++;
      const operator = other[token.value] ?? (token.value as TwoOperator);
      left = { kind: 'two', operator, left, right: this.#expression(tight), at: token.at };
    }
    this.#depth--;
    return left;
  }

  #operand(): FormulaNode {
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'number' || token.kind === 'text') return { kind: 'literal', value: token.value, at: token.at };
    if (token.kind === 'name') return this.#named(token);
    if (token.kind === 'sign' && token.value === '(') return this.#bracketed();
    if (token.kind === 'sign' && (token.value === '!' || token.value === '-' || token.value === '+')) {
      if (++this.#depth > deepest) this.#fail(`the formula is nested more than ${deepest} levels deep`);
      const operand = this.#operand();
      this.#depth--;
      return { kind: 'one', operator: token.value, operand, at: token.at };
    }
    this.#next--;
    return this.#fail(`${this.#said()} cannot stand here: a value is missing before it`);
  }

  #named({ value, isMerged, at }: FormulaToken & { kind: 'name' }): FormulaNode {
    if (isMerged) return { kind: 'name', name: value, at };
    if (value.toLowerCase() === 'not' && !this.#isSign('('))
      return { kind: 'one', operator: '!', operand: this.#operand(), at };
    if (this.#isSign('(')) return { kind: 'call', name: value.toUpperCase(), arguments: this.#arguments(at), at };
    const constant = constants.get(value.toLowerCase());
    return constant === undefined ? { kind: 'name', name: value, at } : { kind: 'literal', value: constant, at };
  }

  #bracketed(): FormulaNode {
    const { at } = this.#tokens[this.#next - 1] ?? this.#peek();
    const inner = this.#expression(0);
    this.#close(at);
    return inner;
  }

  #arguments(callAt: number): FormulaNode[] {
    this.#next++;
    const given: FormulaNode[] = [];
    if (this.#isSign(')')) {
      this.#next++;
      return given;
    }
    for (;;) {
      given.push(this.#expression(0));
      if (!this.#isSign(',')) break;
      this.#next++;
    }
    this.#close(callAt);
    return given;
  }

  #close(openedAt: number): void {
    if (this.#peek().kind === 'end') {
      const what = 'the bracket that is opened here is not closed';
      throw new FormulaParseError(what, { text: this.#text, offset: this.#text.indexOf('(', openedAt) });
    }
    if (!this.#isSign(')'))
      this.#fail(`${this.#said()} cannot follow here: an operator, a comma or ) is missing before it`);
    this.#next++;
  }

  #isSign(sign: FormulaSign): boolean {
    const token = this.#peek();
    return token.kind === 'sign' && token.value === sign;
  }

  #said(): string {
    const token = this.#peek();
    if (token.kind === 'end') return 'the end';
    return token.kind === 'text' ? JSON.stringify(token.value) : String(token.value);
  }

  #fail(what: string): never {
    throw new FormulaParseError(what, { text: this.#text, offset: this.#peek().at });
  }
}
