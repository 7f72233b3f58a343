import type { CriteriaLogic } from '../programRules.js';

/** The logic of a condition cannot be read. The message is a clause without a full stop. */
export class LogicError extends Error {
  override readonly name = 'LogicError';
}

/** Deeper parentheses than any person writes. */
const deepest = 50;

/**
 * Reads logic such as `1 AND (2 OR 3)`. AND and OR beside each other need parentheses, because their precedence is not
 * documented.
 * @throws {LogicError}
 */
export function parseLogic(text: string): CriteriaLogic {
  const tokens = text.match(/\d+|[A-Za-z]+|\S/g) ?? [];
  const logic = readParts(tokens, 0);
  const rest = tokens.shift();
  if (rest !== undefined) throw new LogicError(`"${rest}" is not expected there`);
  return logic;
}

/** Numbers of all criteria that the logic names. */
export function numbersIn(logic: CriteriaLogic): number[] {
  return logic.is === 'criterion' ? [logic.sequence] : logic.parts.flatMap(numbersIn);
}

function readParts(tokens: string[], depth: number): CriteriaLogic {
  const parts = [readPart(tokens, depth)];
  let is: 'AND' | 'OR' | undefined;
  for (;;) {
    const operator = tokens[0]?.toUpperCase();
    if (operator !== 'AND' && operator !== 'OR') break;
    if (is !== undefined && is !== operator) throw new LogicError('AND and OR beside each other need parentheses');
    is = operator;
    tokens.shift();
    parts.push(readPart(tokens, depth));
  }
  const [only] = parts;
  return is === undefined && only !== undefined ? only : { is: is ?? 'AND', parts };
}

function readPart(tokens: string[], depth: number): CriteriaLogic {
  const token = tokens.shift();
  if (token === undefined) throw new LogicError('it ends where a number is expected');
  if (/^\d{1,9}$/.test(token)) return { is: 'criterion', sequence: Number(token) };
  if (token !== '(') throw new LogicError(`"${token}" stands where a number is expected`);
  if (depth >= deepest) throw new LogicError(`it has more than ${deepest} parentheses in each other`);
  const inner = readParts(tokens, depth + 1);
  const end = tokens.shift();
  if (end !== ')')
    throw new LogicError(end === undefined ? 'a parenthesis is not closed' : `"${end}" is not expected there`);
  return inner;
}
