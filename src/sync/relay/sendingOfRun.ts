import { systemClock } from '../../base/clock.js';
import { routeLimits } from '../routes/routeLimits.js';
import { defaults } from '../syncOptions.js';
import type { SyncOptions } from '../syncOptions.js';
import { SharedSending } from './sharedSending.js';

/** Returns what sends for a run. Standbys send only what one request inserts and runs. */
export function sendingOfRun(options: SyncOptions, program: string): SharedSending {
  const { client, outbox, clock = systemClock, route = defaults.route } = options;
  return new SharedSending({
    client,
    program,
    clock,
    connections: routeLimits(options).concurrency,
    relay: route === 'realtime' ? outbox.relay : undefined,
    mustBeOurs: () => outbox.delivery.mustBeOurs(),
  });
}
