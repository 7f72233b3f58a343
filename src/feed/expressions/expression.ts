import jsonata from 'jsonata';
import { undefinedIn } from './expressionNames.js';

/** A value that an expression may give. Undefined means no value. */
export type Scalar = string | number | boolean;

/** Functions whose result changes between calls: with them, the same row would later conflict with itself. */
const unrepeatable = new Set(['now', 'millis', 'random', 'shuffle', 'eval']);

/** Maximum number of characters of an expression. It is enough for a table of translations, and quick to parse. */
const longestExpression = 20_000;

/**
 * Checks an expression without evaluating it.
 * @throws {Error} with what is wrong with the expression, as a clause with a subject
 */
export function checkExpression(text: string): void {
  if (text.length > longestExpression)
    throw new Error(`the expression has ${text.length} characters, but at most ${longestExpression} are allowed`);
  const tree = parseExpression(text);
  const found = unrepeatableIn(tree);
  if (found !== undefined)
    throw new Error(`the expression uses $${found}, which may give another result the next time the row is read`);
  const unknown = undefinedIn(tree);
  if (unknown === undefined) return;
  const { name, position, meant } = unknown;
  throw new Error(
    `the expression uses $${name} (at character ${position}), which neither JSONata nor the expression defines${meant === undefined ? '' : `; did you mean $${meant}?`}`,
  );
}

/** @throws {Error} with what is wrong with the expression, as a clause with a subject */
export function parseExpression(text: string): jsonata.ExprNode {
  try {
    return jsonata(text).ast();
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

/** Not recursive, because an expression of many terms is a deep tree. */
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
