import { Messages, SfError } from '@salesforce/core';
import { aborted } from '../base/aborted.js';
import { LostAnswerError } from '../client/index.js';
import { exitCodes } from './errors/exitCodes.js';
import type { ExitCode } from './errors/exitCodes.js';
import { explained, explainedError } from './errors/actionableErrors.js';
import { isInDoubt, orOwnAdvice } from './errors/errorAdvice.js';
import type { ExplainedCommand } from './errors/actionableErrors.js';
import { Shutdown } from './shutdown.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** How a command ended: what `--json` prints, and its exit code. */
export interface Conclusion<T> {
  readonly result: T;
  readonly exitCode: ExitCode;
  /** The exit code says itself whether the work was interrupted. A signal that came too late then counts for nothing. */
  readonly tellsInterruption?: boolean;
}

/** What a person can do about a command that ended early. */
export type ActionsOfEnd = () => string[] | Promise<string[]>;

/**
 * Runs the work of a command and sets the exit code. When the signal is aborted, `work` must stop cleanly.
 *
 * @throws {SfError} with its own exit code, which the CLI sets
 */
export async function concludeCommand<T>(
  command: ExplainedCommand,
  work: (signal: AbortSignal, shutdown: Shutdown) => Promise<Conclusion<T>>,
): Promise<T> {
  using shutdown = new Shutdown();
  const { result, exitCode, tellsInterruption } = await explained(command, () =>
    orInterruption(work(shutdown.signal, shutdown), shutdown.signal),
  );
  process.exitCode = shutdown.signal.aborted && !tellsInterruption ? exitCodes.interrupted : exitCode;
  return result;
}

/** A read that the signal has ended is no failure of the org or the network. */
async function orInterruption<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isEndedRead = error instanceof LostAnswerError && error.kind === 'aborted' && error.isRead;
    throw signal.aborted && (isEndedRead || error === signal.reason) ? interruptedError() : error;
  }
}

/** Does the same as `concludeCommand`, for work that need not stop cleanly: the first signal ends the command. */
export function concludeUnlessInterrupted<T>(
  command: ExplainedCommand,
  work: () => Promise<Conclusion<T>>,
  /** Returns what to do about a call that may still be in progress, once everything is kept that is to be kept. */
  actions: ActionsOfEnd = () => [],
): Promise<T> {
  return concludeCommand(command, (signal) =>
    Promise.race([named(command, work, actions), interruption(signal, actions)]),
  );
}

/**
 * Names the command to repeat where the org may have carried out the call: after a lost answer, and in an outbox error,
 * because the user may not have seen the key yet.
 */
async function named<T>(command: ExplainedCommand, work: () => Promise<T>, actions: ActionsOfEnd): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const explained = error instanceof Error ? explainedError(error, command) : error;
    if (explained instanceof SfError && (explained.name.startsWith('Outbox') || isInDoubt(error))) {
      explained.actions = orOwnAdvice(explained.actions ?? [], await actions());
    }
    throw explained;
  }
}

/** Rejects when the signal is aborted. Never resolves. */
async function interruption(signal: AbortSignal, actions: ActionsOfEnd): Promise<never> {
  await aborted(signal);
  throw interruptedError(await actions());
}

/** The error of a command that a signal has ended. */
export function interruptedError(actions: string[] = []): SfError {
  return SfError.create({
    name: 'InterruptedError',
    message: messages.getMessage('error.interrupted'),
    actions,
    exitCode: exitCodes.interrupted,
  });
}
