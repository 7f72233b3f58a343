import { Messages, SfError } from '@salesforce/core';
import { exitCodes } from './errors/exitCode.js';
import type { ExitCode } from './errors/exitCode.js';
import { explained, explainedError } from './errors/actionableErrors.js';
import type { ExplainedCommand } from './errors/actionableErrors.js';
import { aborted, Shutdown } from './shutdown.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** How a command ended: what `--json` prints, and its exit code. */
export interface Conclusion<T> {
  readonly result: T;
  readonly exitCode: ExitCode;
  /** The exit code says itself whether the work was interrupted. A signal that came too late then counts for nothing. */
  readonly tellsInterruption?: boolean;
}

/**
 * Runs the work of a command to its end and sets the exit code: the one place that does. `work` ends in good order when
 * the signal is aborted.
 *
 * @throws {SfError} with an exit code of its own, which the CLI sets
 */
export async function carriedOut<T>(
  command: ExplainedCommand,
  work: (signal: AbortSignal) => Promise<Conclusion<T>>,
): Promise<T> {
  using shutdown = new Shutdown();
  const { result, exitCode, tellsInterruption } = await explained(command, () => work(shutdown.signal));
  process.exitCode = shutdown.signal.aborted && !tellsInterruption ? exitCodes.interrupted : exitCode;
  return result;
}

/** As `carriedOut`, for work that a person need not wait for: the first signal ends the command. */
export function carriedOutUnlessInterrupted<T>(
  command: ExplainedCommand,
  work: () => Promise<Conclusion<T>>,
  /** What to do about a call that may be under way. */
  actions: () => string[] = () => [],
): Promise<T> {
  return carriedOut(command, (signal) => Promise.race([named(command, work, actions), interruption(signal, actions)]));
}

/** An outbox that fails behind the call leaves it unknown, and the key may be one that nobody has seen yet. */
async function named<T>(command: ExplainedCommand, work: () => Promise<T>, actions: () => string[]): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const explained = error instanceof Error ? explainedError(error, command.orgName) : error;
    if (explained instanceof SfError && explained.name.startsWith('Outbox')) {
      explained.actions = [...(explained.actions ?? []), ...actions()];
    }
    throw explained;
  }
}

/** Rejects when the signal is aborted, and never ends otherwise. */
async function interruption(signal: AbortSignal, actions: () => string[]): Promise<never> {
  await aborted(signal);
  throw SfError.create({
    name: 'InterruptedError',
    message: messages.getMessage('error.interrupted'),
    actions: actions(),
    exitCode: exitCodes.interrupted,
  });
}
