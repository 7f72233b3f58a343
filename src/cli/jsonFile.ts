import { Messages } from '@salesforce/core';
import type { z } from 'zod';
import { parseExactJson } from '../base/exactJson.js';
import { readDocumentOrInput } from '../base/files/readDocument.js';
import { valueAt } from '../base/jsonObject.js';
import { shortText } from '../base/text/shortText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.carts');

/**
 * Reads a JSON file in the shape that the schema has for its content. Messages of the schema say what to write.
 *
 * @throws {SfError} that names the file, the place and the value
 */
export async function readJsonFile<T>(file: string, schemaFor: (content: unknown) => z.ZodType<T>): Promise<T> {
  const content = await parsed(file);
  if (isDeeper(content, deepest))
    throw messages.createError('error.file', [file, messages.getMessage('info.deep', [deepest])], [hintReadable()]);
  const result = schemaFor(content).safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const value = valueAt(content, path);
  const reason =
    value === undefined
      ? messages.getMessage('info.missing', [pathText(path)])
      : messages.getMessage('info.value', [pathText(path), shortText(JSON.stringify(value), 80)]);
  throw messages.createError('error.file', [file, reason], [issue?.message ?? '']);
}

/** As many as other documents of a person can have. */
const deepest = 100;

/** Whether objects and lists are nested deeper. Later, each level would take a part of the stack. */
function isDeeper(content: unknown, levels: number): boolean {
  let level: unknown[] = [content];
  for (let depth = 0; depth <= levels && level.length > 0; depth++)
    level = level.flatMap((each) => (isContainer(each) ? Object.values(each) : []));
  return level.length > 0;
}

const isContainer = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const hintReadable = (): string => messages.getMessage('info.readable');

async function parsed(file: string): Promise<unknown> {
  try {
    return parseExactJson(await readDocumentOrInput(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw messages.createError('error.file', [file, reason], [hintReadable()]);
  }
}

/** `cart.cartDetails[0].currencyISOCode` */
function pathText(path: readonly PropertyKey[]): string {
  const words = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return words.replace(/^\./, '') || messages.getMessage('word.content');
}
