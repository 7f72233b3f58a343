import { SfError } from '@salesforce/core';
import { shownLine, shownLines, shownValue } from './boundedText.js';
import { printableValues } from './printableValues.js';

interface ShownError extends Error {
  readonly code?: unknown;
  readonly actions?: unknown;
  readonly data?: unknown;
  readonly exitCode?: number;
  /** For an error about flags: the words of the command line, from which the CLI makes suggestions. */
  readonly parse?: { readonly output?: { readonly raw?: { input: string }[] } };
}

/**
 * Makes an error safe to print on a terminal. Changes it in place, because its class and its other properties decide
 * the exit code. An error that cannot be changed is replaced.
 */
export function makePrintable(error: ShownError): Error {
  const { name, message, exitCode } = error;
  // Several errors of an org at once are drawn as a table, from the data of a cause.
  if (chainOf(error).every((each) => makeOnePrintable(each, error.code === 'MULTIPLE_API_ERRORS'))) return error;
  return SfError.create({
    name: shownValue(name),
    message: shownLines(message),
    ...(exitCode !== undefined && { exitCode }),
  });
}

/** Returns the error and its causes, some of which are printed. */
function chainOf(error: ShownError): ShownError[] {
  const chain = new Set<ShownError>();
  for (let each: unknown = error; each instanceof Error && !chain.has(each); each = each.cause) chain.add(each);
  return [...chain];
}

/** Makes one error safe to print. Returns whether this was possible. */
function makeOnePrintable(error: ShownError, withData: boolean): boolean {
  const changes: [keyof ShownError, unknown][] = [
    ['message', shownLines(error.message)],
    ['name', shownValue(error.name)],
    ['stack', error.stack && shownLines(error.stack)],
  ];
  if (typeof error.code === 'string') changes.push(['code', shownValue(error.code)]);
  if (Array.isArray(error.actions)) changes.push(['actions', error.actions.map((action) => shownLine(String(action)))]);
  if (withData && error.data !== undefined) changes.push(['data', printableValues(error.data)]);
  for (const word of error.parse?.output?.raw ?? []) word.input = shownValue(word.input);
  return changes.every(([key, value]) => value === error[key] || change(error, key, value));
}

function change(error: Error, key: string, value: unknown): boolean {
  return (
    Reflect.set(error, key, value) || Reflect.defineProperty(error, key, { value, writable: true, configurable: true })
  );
}
