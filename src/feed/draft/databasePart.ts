import type { Part } from './draftPart.js';
import type { FeedSample } from './feedSample.js';
import { yamlText } from './yamlText.js';

/** Which table is read, and in what order. */
export function databasePart({ database }: FeedSample, whichColumn: string): Part {
  if (database === undefined) return { lines: [] };
  const { table, orderBy } = database;
  const lines = [`database: { table: ${yamlText(table)}, orderBy: ${yamlText(orderBy ?? whichColumn)} }`];
  if (orderBy === undefined) {
    const open = `By which column do the rows of ${table} grow? Name it in orderBy: a number, or a time with the key and a lag, as in \`[updated_at, id]\` and \`lag: 60\`.`;
    return { lines, open };
  }
  return {
    lines,
    assumed: [`Rows of ${table} are only added, and their ${orderBy} grows. Changes of a row are not read.`],
  };
}
