/** Has no types of its own. */
declare module 'formulon' {
  export function parse(formula: string): { readonly type: 'literal' | 'error'; readonly value?: unknown };
}
