import type { Cli, Running, Target } from './cli.js';

/** A `sync serve` that was started. */
export interface ServedDoor {
  readonly running: Running;
  /** The address that it prints. Rejected if it ends before. */
  readonly url: Promise<string>;
}

export interface ServeOptions {
  /** Runs it as `"$@"`. */
  readonly shell?: string | undefined;
  /** Flags of the outbox. Default: `till.sqlite`. */
  readonly outbox?: readonly string[];
}

/** Starts `sync serve` on a port of its own. */
export function startServe(
  cli: Cli,
  org: Target,
  args: readonly string[] = [],
  options: ServeOptions = {},
): ServedDoor {
  const { shell, outbox = ['--outbox', cli.path('till.sqlite'), '--settle', '1'] } = options;
  const running = cli.start('sync serve', ['--source', 'till', '--port', '0', ...outbox, ...args], { org, shell });
  const found = Promise.withResolvers<string>();
  // The lines are read to their end: a stream that nobody reads would keep the process from ending.
  const read = async (lines: AsyncIterable<string>): Promise<void> => {
    for await (const line of lines) {
      const url = /(http:\S+)\/transactions/.exec(line)?.[1];
      if (url !== undefined) found.resolve(url);
    }
  };
  void read(running.lines());
  // With --json, standard output has only the document.
  void read(running.errorLines());
  void running.ended.then(({ stderr }) => found.reject(new Error(`It ended before the door was open: ${stderr}`)));
  // Who does not wait for the address hears of the end otherwise.
  found.promise.catch(() => undefined);
  return { running, url: found.promise };
}
