import jsonata from 'jsonata';
import { Flaw } from './flaw.js';

/** What an expression may give; undefined is nothing. */
export type Scalar = string | number | boolean;

/** Evaluates over a row as an object. Never rejects: what goes wrong is a flaw of the row. */
export type Evaluate = (row: Readonly<Record<string, unknown>>) => Promise<Scalar | Flaw | undefined>;

/** Functions that give another answer tomorrow: the same row would become a conflict with itself. */
const unrepeatable = new Set(['now', 'millis', 'random', 'shuffle', 'eval']);

/** Milliseconds after which an expression is taken to run forever. Long, because a machine may just be busy. */
const longestEvaluation = 10_000;

/**
 * @param name the field that the expression makes, for messages
 * @throws Error with what is wrong with the expression, as a clause with a subject
 */
export function compileExpression(name: string, source: string): Evaluate {
  const expression = parse(source);
  const found = unrepeatableIn(expression.ast());
  if (found !== undefined)
    throw new Error(`the expression uses $${found}, which does not give the same row the same answer again`);
  return async (row) => {
    try {
      return scalarOf(name, (await expression.evaluate(row)) as unknown);
    } catch (error) {
      return new Flaw('expression-failed', `the expression of ${name} fails: ${said(error)}`);
    }
  };
}

function parse(source: string): jsonata.Expression {
  try {
    return jsonata(source, { timeout: longestEvaluation });
  } catch (error) {
    throw new Error(`the expression is not JSONata: ${said(error)}`, { cause: error });
  }
}

function scalarOf(name: string, result: unknown): Scalar | Flaw | undefined {
  if (result === undefined || result === null) return undefined;
  if (typeof result === 'string' || typeof result === 'boolean') return result;
  if (typeof result === 'number' && Number.isFinite(result)) return result;
  const found = Array.isArray(result) ? 'a list' : typeof result === 'number' ? String(result) : `a ${typeof result}`;
  return new Flaw('expression-failed', `the expression of ${name} gives ${found}, not text, a number or true/false`);
}

/** JSONata throws plain objects with a message and a position. */
function said(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const at = 'position' in error && typeof error.position === 'number' ? ` (at character ${error.position})` : '';
  return `${String(error.message)}${at}`;
}

function unrepeatableIn(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('type' in node && node.type === 'variable' && 'value' in node && unrepeatable.has(String(node.value)))
    return String(node.value);
  for (const child of Object.values(node)) {
    const found = unrepeatableIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
