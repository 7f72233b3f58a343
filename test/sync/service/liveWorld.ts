import { SyncService } from '../../../src/sync/index.js';
import type { IntakeChunk, Outbox, ServiceOptions } from '../../../src/sync/index.js';
import type { Life } from '../org/life.js';
import { around } from '../org/witness.js';
import { World } from '../org/world.js';

export const members = Array.from({ length: 40 }, (_, index) => `M${index}`);

/** A world without a feed. */
export function liveWorld(options: ConstructorParameters<typeof World>[1] = {}): World {
  return new World([], { members, ...options });
}

/** Opens a service in a world. */
export function openService(world: World, options: Partial<ServiceOptions> = {}, life?: Life): Promise<SyncService> {
  const { feeds: _none, ...rest } = world.options({}, life);
  return SyncService.open({ ...rest, ...options });
}

type Accept = (proceed: () => Promise<unknown>, chunk: IntakeChunk) => Promise<unknown>;

/** Returns an outbox whose chunks pass `accept` on their way. */
export function withAccept(outbox: Outbox, accept: Accept): Outbox {
  return around(outbox, { intake: around(outbox.intake, { accept }) });
}
