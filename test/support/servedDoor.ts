import type { Cli, Running, Target } from './cli.js';

/** A `sync serve` that was started. */
export interface ServedDoor {
  readonly running: Running;
  /** The address that it prints. Rejected if it ends before. */
  readonly url: Promise<string>;
}

/** Starts `sync serve` on a port of its own, with the outbox `till.sqlite`. */
export function startServe(cli: Cli, org: Target, args: readonly string[] = []): ServedDoor {
  const outbox = ['--outbox', cli.path('till.sqlite'), '--settle', '1'];
  const running = cli.start('sync serve', ['--source', 'till', '--port', '0', ...outbox, ...args], { org });
  const found = Promise.withResolvers<string>();
  // The lines are read to their end: a stream that nobody reads would keep the process from ending.
  const read = async (): Promise<void> => {
    for await (const line of running.lines()) {
      const url = /(http:\S+)\/transactions/.exec(line)?.[1];
      if (url !== undefined) found.resolve(url);
    }
  };
  void read();
  void running.ended.then(({ stderr }) => found.reject(new Error(`It ended before the door was open: ${stderr}`)));
  // Who does not wait for the address hears of the end otherwise.
  found.promise.catch(() => undefined);
  return { running, url: found.promise };
}
