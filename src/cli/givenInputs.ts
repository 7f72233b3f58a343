import { Messages } from '@salesforce/core';
import { parseExactJson } from '../base/exactJson.js';
import { isJsonObject } from '../base/jsonObject.js';
import { readDocumentOrInput } from '../base/files/readDocument.js';
import { nearest } from '../base/text/nearest.js';
import type { FoundAction } from '../client/index.js';
import type { NamedValue } from './namedValueFlag.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.run');

export type GivenInputs = Record<string, unknown>;

/**
 * Returns the values of flags, and those of a file under them.
 *
 * @param file with a JSON object
 * @throws {SfError}
 */
export async function givenInputs(values: readonly NamedValue[], file: string | undefined): Promise<GivenInputs> {
  const fromFile = file === undefined ? {} : await readObject(file);
  const ofFlags = Object.fromEntries(values.map(([name, text]) => [name, valueOf(name, text)]));
  requireOnce(Object.keys(fromFile));
  requireOnce(values.map(([name]) => name));
  const replaced = new Set(Object.keys(ofFlags).map((name) => name.toLowerCase()));
  const others = Object.entries(fromFile).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...ofFlags };
}

/** @throws {SfError} for a name that is there twice, in whichever case: one of the two values would be lost */
function requireOnce(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index] ?? '') !== index);
  if (twice !== undefined) throw messages.createError('error.twice', [twice]);
}

/** A map or a list is written as JSON; everything else is a text. */
function valueOf(name: string, text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseExactJson(text);
  } catch (error) {
    throw messages.createError('error.valueNotJson', [name, text, reasonOf(error)]);
  }
}

async function readObject(file: string): Promise<GivenInputs> {
  try {
    const content: unknown = parseExactJson(await readDocumentOrInput(file));
    if (isJsonObject(content)) return { ...content };
  } catch (error) {
    throw messages.createError('error.file', [file, reasonOf(error)]);
  }
  throw messages.createError('error.file', [file, messages.getMessage('info.notAnObject')]);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Returns the inputs as the org describes them: its spelling, numbers and booleans as such.
 *
 * @throws {SfError} for inputs that it does not have, and for required ones that are missing
 */
export function fittedInputs({ name, description }: FoundAction, given: GivenInputs): GivenInputs {
  const { inputs } = description;
  const fitted = Object.entries(given).map(([key, value]) => {
    const input = inputs.find((each) => each.name.toLowerCase() === key.toLowerCase());
    if (input) return [input.name, typed(value, input.type)] as const;
    const names = inputs.map((each) => each.name);
    if (names.length === 0) throw messages.createError('error.noInputs', [name, key]);
    const meant = nearest(key, names);
    const hint =
      meant === undefined ? messages.getMessage('info.described') : messages.getMessage('info.meant', [meant]);
    throw messages.createError('error.unknownInput', [name, key, hint], [names.join(', ')]);
  });
  const result = Object.fromEntries(fitted);
  const missing = inputs.filter((input) => input.required === true && !Object.hasOwn(result, input.name));
  if (missing.length === 0) return result;
  throw messages.createError('error.missingInput', [name, missing.map((input) => input.name).join(', ')]);
}

function typed(value: unknown, type: string | null | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'BOOLEAN' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  const isNumber = (type === 'DOUBLE' || type === 'INTEGER') && /^-?\d{1,15}(\.\d+)?$/.test(value);
  return isNumber ? Number(value) : value;
}

/** How outputs are shown to a person: each begins a line. */
export function outputLines(outputs: GivenInputs): string[] {
  return Object.entries(outputs).flatMap(([name, value]) => wrapped(`${name}: ${shown(value)}`, '  '));
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const memberNames = ['membershipnumber', 'currentmembershipnumber', 'memberid', 'loyaltyprogrammemberid'];

/** The member whom a call concerns, so that the member can be erased from the outbox. */
export function memberIn(given: GivenInputs): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    if (memberNames.includes(name.toLowerCase()) && typeof value === 'string') return value;
    const inner = isJsonObject(value) ? memberIn(value) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
