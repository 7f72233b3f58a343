import type { StructuredMessage } from '@salesforce/core';
import { shownLine, shownLines, shownValue } from './boundedText.js';

/** Returns a printable message of the command, with its actions. It can have several lines. */
export function printableMessage<M extends StructuredMessage | string>(input: M): M;
export function printableMessage(input: StructuredMessage | string): StructuredMessage | string {
  if (typeof input === 'string') return shownLines(input);
  return {
    ...input,
    message: shownLines(input.message),
    ...(input.actions && { actions: input.actions.map(shownLine) }),
  };
}

/** Returns printable table cells. Numbers stay numbers, so that the table can align them. */
export function printableRow<R extends Record<string, unknown>>(row: R): R {
  const cells = Object.entries(row).map(([name, cell]) => [name, isText(cell) ? shownValue(String(cell)) : cell]);
  return Object.fromEntries(cells) as R;
}

function isText(cell: unknown): boolean {
  return !['number', 'boolean', 'undefined'].includes(typeof cell) && cell !== null;
}

/** Returns printable keys and values at any depth. */
export function printableValues<V>(value: V): V;
export function printableValues(value: unknown): unknown {
  if (typeof value === 'string') return shownValue(value);
  if (Array.isArray(value)) return value.map((each: unknown) => printableValues(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [shownValue(key), printableValues<unknown>(each)]),
  );
}
