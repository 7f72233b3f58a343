import type { FormulaSign } from './formulaToken.js';

/** What an expression says. `at`: where it says so, for errors. */
export type FormulaNode = { readonly at: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  /** Capitals. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly FormulaNode[] }
  | { readonly kind: 'one'; readonly operator: OneOperator; readonly operand: FormulaNode }
  | { readonly kind: 'two'; readonly operator: TwoOperator; readonly left: FormulaNode; readonly right: FormulaNode }
);

/** An operator with one operand. */
export type OneOperator = '!' | '-' | '+';
/** An operator with two operands. */
export type TwoOperator = Exclude<FormulaSign, '!' | '(' | ')' | ',' | '==' | '!='>;
