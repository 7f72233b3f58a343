import { aborted } from '../../base/aborted.js';
import { HttpDoor } from '../../door/index.js';
import type { DoorOptions } from '../../door/index.js';
import { SyncService } from '../../sync/index.js';
import type { ServiceOptions, SyncReport } from '../../sync/index.js';

export interface ServeOptions {
  readonly service: Omit<ServiceOptions, 'signal'>;
  readonly door: Omit<DoorOptions, 'service'>;
  /** Ends it in good order. */
  readonly signal: AbortSignal;
  readonly onOpen: (url: string) => void;
  /** The door is closed, and what is open is being delivered. */
  readonly onDrain: () => void;
}

/**
 * Opens a service and a door in front of it, until the signal or the end of the run. Then requests in progress are
 * answered, everything that was accepted is delivered, and the report is returned.
 */
export async function serveDoor({
  service: options,
  door,
  signal,
  onOpen,
  onDrain,
}: ServeOptions): Promise<SyncReport> {
  const opening = new AbortController();
  const abort = (): void => opening.abort();
  // Until the door is open, nothing was accepted that would have to be delivered.
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const service = await SyncService.open({ ...options, signal: opening.signal });
  const opened = await HttpDoor.open({ ...door, service }).catch(async (error: unknown) => {
    abort();
    await service.ended.catch(() => undefined);
    throw error;
  });
  signal.removeEventListener('abort', abort);
  onOpen(opened.url);
  await Promise.race([aborted(signal), service.ended.catch(() => undefined)]);
  if (!service.closed) onDrain();
  await opened.close();
  return await service.drain();
}
