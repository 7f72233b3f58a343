import jsonata from 'jsonata';
import { undefinedIn } from './expressionNames.js';

/** What an expression may give; undefined is nothing. */
export type Scalar = string | number | boolean;

/** Functions that give another answer tomorrow: the same row would become a conflict with itself. */
const unrepeatable = new Set(['now', 'millis', 'random', 'shuffle', 'eval']);

/** Characters of one expression: enough for a table of translations, and read in an instant. */
const longestExpression = 20_000;

/**
 * Checks an expression without evaluating it.
 * @throws {Error} with what is wrong with the expression, as a clause with a subject
 */
export function checkExpression(source: string): void {
  if (source.length > longestExpression)
    throw new Error(`the expression has ${source.length} characters, and may have ${longestExpression}`);
  const tree = parseExpression(source);
  const found = unrepeatableIn(tree);
  if (found !== undefined)
    throw new Error(`the expression uses $${found}, which does not give the same row the same answer again`);
  const unknown = undefinedIn(tree);
  if (unknown === undefined) return;
  const { name, position, meant } = unknown;
  throw new Error(
    `the expression uses $${name} (at character ${position}), which neither JSONata nor the expression defines${meant === undefined ? '' : `; did you mean $${meant}?`}`,
  );
}

/** @throws {Error} with what is wrong with the expression, as a clause with a subject */
export function parseExpression(source: string): jsonata.ExprNode {
  try {
    return jsonata(source).ast();
  } catch (error) {
    if (error instanceof RangeError) throw new Error('the expression is nested too deeply', { cause: error });
    throw new Error(`the expression is not JSONata: ${said(error)}`, { cause: error });
  }
}

/** JSONata throws plain objects with a message and a position. */
function said(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const at = 'position' in error && typeof error.position === 'number' ? ` (at character ${error.position})` : '';
  return `${String(error.message)}${at}`;
}

/** Without recursion: an expression of many terms is a deep tree. */
function unrepeatableIn(tree: unknown): string | undefined {
  const left: unknown[] = [tree];
  while (left.length > 0) {
    const node = left.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node && node.type === 'variable' && 'value' in node && unrepeatable.has(String(node.value)))
      return String(node.value);
    left.push(...(Object.values(node) as unknown[]));
  }
  return undefined;
}
