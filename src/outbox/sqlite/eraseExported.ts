import { join } from 'node:path';
import { readWrittenCsv } from '../../base/csv/readCsv.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { mentionOf } from '../../base/text/mention.js';
import { rejectsFile } from '../runRecord.js';

/** A line of a run whose text is in a results file, and names the member there. */
export interface ExportedLine {
  readonly run: number;
  readonly kind: string;
  readonly feed: string;
  readonly line: string;
}

/** What the runs say of results files: their folders, and which lines name the member only there. */
export interface ExportedTexts {
  readonly folders: readonly string[];
  readonly lines: readonly ExportedLine[];
}

/**
 * A report that is written anew copies the text of rows from the results file that has it, so that these rows have to be
 * known before a member is erased.
 */
export async function findExported(db: DatabaseSync, member: string): Promise<ExportedTexts> {
  const runs = db.prepare('SELECT seq, results FROM run WHERE results IS NOT NULL').all();
  const mention = mentionOf(member);
  const lines: ExportedLine[] = [];
  for (const { seq, results } of runs) {
    for await (const row of readWrittenCsv(join(String(results), rejectsFile))) {
      const { kind = '', feed = '', line = '', member: owner = '', value = '', raw = '' } = row;
      const isTheirs = owner.toLowerCase() === member.toLowerCase() || mention.test(value) || mention.test(raw);
      if (isTheirs) lines.push({ run: Number(seq), kind, feed, line });
    }
  }
  return { folders: [...new Set(runs.map(({ results }) => String(results)))], lines };
}

/** The lines that were found are no longer copied. Returns how many were not erased before. */
export function eraseExported(db: DatabaseSync, { lines }: ExportedTexts): number {
  const erase = db.prepare(
    `UPDATE line SET exported = 0, message = 'Erased.' WHERE run = ? AND kind = ? AND feed = ? AND line = ? AND exported = 1`,
  );
  return lines.reduce(
    (count, { run, kind, feed, line }) => count + Number(erase.run(run, kind, feed, Number(line)).changes),
    0,
  );
}
