import { aborted } from '../../base/aborted.js';
import { HttpDoor } from '../../door/index.js';
import type { DoorOptions } from '../../door/index.js';
import { HandInService } from '../../sync/index.js';
import type { HandInServiceOptions } from '../../sync/index.js';
import { interruptedError } from '../concludeCommand.js';

interface HandInDoorOptions {
  readonly service: HandInServiceOptions;
  readonly door: Omit<DoorOptions, 'service'>;
  /** Ends it in good order. */
  readonly signal: AbortSignal;
  readonly onOpen: (opened: { readonly url: string; readonly outbox: string }) => void;
  /** The door is closed, and requests in progress are answered. */
  readonly onDrain: () => void;
}

/**
 * Opens a door that hands in for a shared outbox, until the signal. Then requests in progress are answered.
 * @throws {SfError} if the signal came before the door was open
 */
export async function serveHandIn({
  service: options,
  door,
  signal,
  onOpen,
  onDrain,
}: HandInDoorOptions): Promise<{ readonly outbox: string; readonly stored: number; readonly waits: number }> {
  await using service = await HandInService.open(options);
  const { outbox } = service;
  if (signal.aborted) throw interruptedError();
  const opened = await HttpDoor.open({ ...door, service });
  onOpen({ url: opened.url, outbox });
  await aborted(signal);
  onDrain();
  await opened.close();
  await service.drain();
  return { outbox, stored: service.stored, waits: service.waits };
}
