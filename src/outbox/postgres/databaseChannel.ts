import type { Client } from 'pg';
import { answeredWithin } from './answerLimits.js';

export interface Hearing {
  /** Name of the channel: letters, digits and underscores. */
  readonly channel: string;
  readonly hear: () => void;
  readonly signal: AbortSignal;
}

/** Milliseconds. */
const shortly = 10_000;

/**
 * Calls `hear` at each notification on a channel, as long as this connection lasts, or until the signal. Also calls it at
 * the beginning, because nobody has heard what came before.
 * @param client is not connected yet, and is closed at the end
 */
export async function hearOnce(client: Client, { channel, hear, signal }: Hearing): Promise<void> {
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  for (const event of ['error', 'end'] as const) client.on(event, () => end(undefined));
  client.on('notification', hear);
  const onAbort = (): void => end(undefined);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  listening(client, channel).then(hear, () => end(undefined));
  await over;
  signal.removeEventListener('abort', onAbort);
  // On a dead network, nobody answers to the end of a session.
  void client.end().catch(() => undefined);
}

async function listening(client: Client, channel: string): Promise<void> {
  await client.connect();
  await client.query(answeredWithin(shortly, `LISTEN ${channel}`));
}
