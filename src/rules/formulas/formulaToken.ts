/** A piece of an expression. */
export type FormulaToken = { readonly at: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** `isMerged`: was written as `{!Name}`, so it is not the name of a function or a keyword. */
  | { readonly kind: 'name'; readonly value: string; readonly isMerged: boolean }
  | { readonly kind: 'sign'; readonly value: FormulaSign }
  | { readonly kind: 'end' }
);

/** Longer ones come first. */
export const formulaSigns = [
  ...(['<>', '!=', '<=', '>=', '==', '&&', '||'] as const),
  ...(['=', '<', '>', '&', '!', '+', '-', '*', '/', '^', '(', ')', ','] as const),
] as const;
export type FormulaSign = (typeof formulaSigns)[number];
