import type { LoyaltyClient } from '../../client/index.js';
import { openExistingOutbox, openOutboxToRead } from '../../sync/index.js';
import type { Outbox, Run, SyncReport } from '../../sync/index.js';
import { chooseProgram } from '../chooseProgram.js';
import { outboxPath } from '../outboxPath.js';
import type { TargetOrg } from '../targetOrg.js';
import type { DeliveringCommand, RunOpener, RunFlags, SharedOptions } from './deliverRun.js';
import { findRun } from './findRun.js';
import { claimFolder } from './resultsFolder.js';
import { correctionOf, startAgainCommand } from './runSettings.js';

interface OutboxFlags {
  readonly 'target-org': TargetOrg;
  readonly program: string | undefined;
  readonly outbox: string | undefined;
  readonly 'keep-payloads'?: boolean;
}

/**
 * Opens the outbox that is named, or else that of the program.
 * @throws {NoOutboxError} if nothing was ever sent from there
 */
export async function openEarlierOutbox(
  command: Pick<DeliveringCommand, 'config' | 'info'>,
  flags: OutboxFlags,
  asking: LoyaltyClient,
): Promise<Outbox> {
  const path = await earlierOutbox(command, flags, asking);
  return openExistingOutbox(path, { keepPayloads: flags['keep-payloads'] ?? false });
}

/**
 * Like `openEarlierOutbox`, for a command that only reads: the outbox may be a copy that cannot be written.
 * @throws {NoOutboxError} if nothing was ever sent from there
 */
export async function openEarlierOutboxToRead(
  command: Pick<DeliveringCommand, 'config' | 'info'>,
  flags: OutboxFlags,
  asking: LoyaltyClient,
): Promise<Outbox> {
  return openOutboxToRead(await earlierOutbox(command, flags, asking));
}

async function earlierOutbox(
  command: Pick<DeliveringCommand, 'config' | 'info'>,
  { outbox, program, 'target-org': org }: OutboxFlags,
  asking: LoyaltyClient,
): Promise<string> {
  return outbox ?? outboxPath(command.config.dataDir, org, await chooseProgram(asking, program, command));
}

/**
 * Finds the run that is named, or the latest, in the outbox of earlier runs. `deliver` says what is to be done with it.
 */
export function openEarlierRun(
  command: DeliveringCommand,
  flags: RunFlags & { readonly run: string | undefined },
  deliver: (run: Run, options: SharedOptions) => Promise<SyncReport>,
): RunOpener {
  return async (asking) => {
    const outbox = await openEarlierOutbox(command, flags, asking);
    try {
      const run = await findRun(outbox, flags, command);
      await claimFolder(flags['results-dir']);
      const startAgain = startAgainCommand(run, outbox.name, command.orgName);
      const correction = correctionOf(run, outbox.name, command.orgName);
      return { outbox, startAgain, correction, deliver: (options) => deliver(run, options) };
    } catch (error) {
      await outbox.close();
      throw error;
    }
  };
}
