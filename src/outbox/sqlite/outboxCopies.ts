import { accessSync, closeSync, constants, copyFileSync, existsSync, openSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateDatabase } from '../../base/files/privateFiles.js';
import { copyDatabase, openDatabase } from '../../base/sqlite/sqlite.js';
import { explainCopyOf, explainOutbox } from './explainOutbox.js';
import { mustBeOutbox } from './outboxSchema.js';

/** SQLite makes files beside the one that it opens. */
export function isWritable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    accessSync(dirname(realpathSync(path)), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** SQLite opens such a file only while another process has it open. Else nobody writes it, and its bytes are enough. */
export async function copyUnwritable(from: string, to: string): Promise<void> {
  try {
    await copyDatabase(from, to);
  } catch {
    for (const end of ['', '-wal']) if (existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
    makePrivateDatabase(to);
  }
}

/** Checks the original first, so that an error names it and not the copy. */
export async function copyOutbox(from: string, to: string): Promise<void> {
  const original = openDatabase(from, { readOnly: true, explain: explainOutbox(from) });
  try {
    mustBeOutbox(original, from);
  } finally {
    original.close();
  }
  try {
    await copyDatabase(from, to);
  } catch (error) {
    throw explainCopyOf(from, to)(error);
  }
}
