import { Messages } from '@salesforce/core';
import { FeedError, isContentFault, parseMapping } from '../../sync/index.js';
import type { Mapping, Run } from '../../sync/index.js';
import type { OrgName } from '../orgName.js';
import { storedSettings, startAgainCommand } from './runSettings.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** The mapping that a run began with. Errors say that it is not the file of that name. @throws {SfError} */
export function storedMapping(run: Run): Mapping {
  const { source, mapping } = storedSettings(run);
  return parseMapping(mapping.text, messages.getMessage('storedMapping', [mapping.name]), { source });
}

/**
 * Work with a stored mapping. A fault in it, or in a feed, cannot be mended in this run: the error says how to start
 * another one.
 */
export async function withStoredMapping<T>(
  run: Run,
  { outbox, org }: { readonly outbox: string; readonly org: OrgName },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FeedError && isContentFault(error.code))) throw error;
    const actions = messages.getMessages('error.startAgain.actions', [startAgainCommand(run, outbox, org)]);
    throw new FeedError(error.code, error.message, actions, { cause: error });
  }
}
