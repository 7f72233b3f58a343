import { Messages } from '@salesforce/core';
import { resolve } from 'node:path';
import { loadMapping, openOutboxCopy, planSync, shownPlace, startSync, watchSync } from '../../sync/index.js';
import type {
  EmptyOutbox,
  FeedFormat,
  LiveOptions,
  RejectLimit,
  StartOptions,
  SyncPlan,
  SyncReport,
} from '../../sync/index.js';
import { findProgram } from '../chooseProgram.js';
import type { Conclusion } from '../concludeCommand.js';
import { usageError } from '../feedFlags.js';
import { outboxPath } from '../outboxPath.js';
import type { Shutdown } from '../shutdown.js';
import { deliverRun } from './deliverRun.js';
import type { DeliveringCommand, RunFlags, SharedOptions } from './deliverRun.js';
import { feedFiles } from './feedFiles.js';
import type { FilesHandedIn } from './filesHandedIn.js';
import { openRunOutbox } from './openRunOutbox.js';
import { checkReadingFlags, openStartFeed } from './openStartFeed.js';
import { claimFolder } from './resultsFolder.js';
import { startAgainCommand } from './runSettings.js';
import { deliveryWords } from './syncFlags.js';
import type { SyncResult } from './syncResult.js';
import { watchedPath } from './watchedPath.js';
import type { WatchedPath } from './watchedPath.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/** The flags of `sync start`, parsed. */
interface StartFlags extends RunFlags {
  readonly file: readonly string[];
  readonly map: string;
  readonly format: FeedFormat | undefined;
  readonly source: string | undefined;
  readonly 'empty-outbox': EmptyOutbox;
  readonly 'max-rejects': RejectLimit | undefined;
  readonly limit: number | undefined;
  readonly 'read-all': boolean;
  readonly watch: boolean;
  readonly 'done-marker': string | undefined;
  readonly 'watch-until-idle': number | undefined;
  readonly 'dry-run': boolean;
  readonly 'intake-only': boolean;
  readonly 'replace-refused': boolean;
}

interface StartingCommand extends DeliveringCommand {
  warn(sentence: string): unknown;
}

interface StartInvocation {
  readonly flags: StartFlags;
  readonly shutdown: Shutdown;
}

type OwnOptions = Omit<StartOptions, keyof SharedOptions | 'program'>;

/** The body of `sync start`: reads the mapping, opens the feeds, and delivers them. */
export async function startRun(
  command: StartingCommand,
  { flags, shutdown }: StartInvocation,
): Promise<Conclusion<SyncResult | FilesHandedIn>> {
  const { signal } = shutdown;
  const isDry = flags['dry-run'];
  const mapping = await loadMapping(flags.map, { source: flags.source });
  const files = await feedFiles(flags.file);
  if (flags['intake-only']) {
    // It brings the HTTP server of the doors, which nothing else here needs.
    const { intakeOnly } = await import('./intakeOnly.js');
    return intakeOnly(command, { flags, files, mapping, signal });
  }
  if (flags['max-rejects'] && files.includes('-')) throw usageError(messages.createError('error.rejectsOfStream'));
  checkReadingFlags(files, flags);
  if (!isDry) await claimFolder(flags['results-dir']);
  const watch = flags.watch ? await watchedPath(files, mapping, flags, signal) : undefined;
  const { format, limit } = flags;
  const own = {
    feeds: watch ? [] : await Promise.all(files.map((file) => openStartFeed(file, mapping, flags))),
    source: mapping.source,
    emptyOutbox: flags['empty-outbox'],
    ...{ limit, maxRejects: flags['max-rejects'] },
    settings: {
      ...{ files, format, watch: watch?.settings, delivery: deliveryWords(flags) },
      mapping: { name: resolve(flags.map), text: mapping.text },
    },
  };
  return deliverRun(command, { flags, signal }, async (asking) => {
    const found = await findProgram(asking, flags.program, command);
    const program = found.Name;
    const path = flags.outbox ?? outboxPath(command.config.dataDir, flags['target-org'], program);
    const settings = { ...own.settings, program, source: mapping.source };
    const keepPayloads = flags['keep-payloads'];
    return {
      startAgain: startAgainCommand({ settings }, shownPlace(path), command.orgName, { 'dry-run': isDry }),
      outbox: isDry ? await openOutboxCopy(path) : await openRunOutbox(command, path, { keepPayloads }),
      writesEarly: !isDry && !watch,
      deliver: ({ asked, ...shared }) => {
        const options = { ...shared, ...own, program, asked: asked && { ...asked, program: found } };
        if (watch) return watchRun(command, watch, { ...options, signal: shutdown.again });
        return (isDry ? planSync : startSync)(options);
      },
    };
  });
}

/** The first signal ends the watch and nothing else: what was read is delivered. The second one ends the run. */
function watchRun(
  command: StartingCommand,
  { watched, sentence, until }: WatchedPath,
  options: LiveOptions & OwnOptions,
): Promise<SyncReport | SyncPlan> {
  command.info(sentence);
  until.addEventListener('abort', () => command.info(messages.getMessage('info.watchEnds')), { once: true });
  const onNote = ({ message }: { readonly message: string }): void => void command.warn(message);
  return watchSync({ ...options, watched, onNote });
}
