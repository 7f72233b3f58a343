import { dirname } from 'node:path';
import { filesThatName } from '../../sync/index.js';
import type { Outbox } from '../../sync/index.js';
import type { SyncForgetResult } from './forgetResult.js';
import { resultsFolder } from './resultsFolder.js';

/** Erases a member, and lists the results files that name them. */
export async function eraseMember(outbox: Outbox, member: string): Promise<SyncForgetResult> {
  const { transactions, texts, folders } = await outbox.forget(member);
  const results = folderOfResults(outbox.name);
  const { files, leftOut } = await filesThatName(member, [results, ...folders]);
  const forgotten = transactions + texts > 0;
  const status = forgotten || files.length > 0 ? 'erased' : 'unknownMember';
  const found = { transactions, texts, results, files: [...files], filesLeftOut: leftOut };
  return { outbox: outbox.name, member, status, forgotten, ...found };
}

/** A person said no. */
export function keptResult(outbox: string, member: string): SyncForgetResult {
  const results = folderOfResults(outbox);
  const found = { transactions: 0, texts: 0, results, files: [], filesLeftOut: 0 };
  return { outbox, member, status: 'kept', forgotten: false, ...found };
}

/** Folder of the folders of all runs. */
function folderOfResults(outbox: string): string {
  return dirname(resultsFolder(outbox, 'any', undefined));
}
