import jsonata from 'jsonata';

/** Evaluates over the cells of a row, by column. Rejects with what JSONata has to say. */
export type Evaluate = (row: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Functions that give another answer tomorrow: the same row would become a conflict with itself. */
const unrepeatable = new Set(['now', 'millis', 'random', 'shuffle', 'eval']);

/** @throws Error with what is wrong with the expression, as a clause that goes on after "the expression …" */
export function compileExpression(source: string): Evaluate {
  const expression = parse(source);
  const found = unrepeatableIn(expression.ast());
  if (found !== undefined) throw new Error(`uses $${found}(), which does not give the same row the same answer again`);
  return async (row) => {
    try {
      return (await expression.evaluate(row)) as unknown;
    } catch (error) {
      throw new Error(said(error), { cause: error });
    }
  };
}

function parse(source: string): jsonata.Expression {
  try {
    return jsonata(source);
  } catch (error) {
    throw new Error(`is not JSONata: ${said(error)}`, { cause: error });
  }
}

/** JSONata throws plain objects with a message and a position. */
function said(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const at = 'position' in error && typeof error.position === 'number' ? ` (at character ${error.position})` : '';
  return `${String(error.message)}${at}`;
}

function unrepeatableIn(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if ('type' in node && node.type === 'variable' && 'value' in node) {
    const name = String(node.value);
    if (unrepeatable.has(name)) return name;
  }
  for (const child of Object.values(node)) {
    const found = unrepeatableIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
