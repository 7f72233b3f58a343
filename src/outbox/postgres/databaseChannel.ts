import type { Pool } from 'pg';
import { answeredWithin } from './answerLimits.js';

/** Milliseconds. */
const shortly = 10_000;

export interface Hearing {
  /** Name of the channel: letters, digits and underscores. */
  readonly channel: string;
  readonly hear: () => void;
  readonly signal: AbortSignal;
}

/**
 * Calls `hear` at each notification on a channel, as long as one connection lasts, or until the signal. Also calls it at
 * the beginning, because nobody has heard what came before.
 */
export async function hearOnce(pool: Pool, { channel, hear, signal }: Hearing): Promise<void> {
  const client = await pool.connect();
  const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
  const events = ['error', 'end'] as const;
  for (const event of events) client.on(event, () => end(undefined));
  client.on('notification', hear);
  signal.addEventListener('abort', () => end(undefined), { once: true });
  if (signal.aborted) end(undefined);
  try {
    await client.query(answeredWithin(shortly, `LISTEN ${channel}`));
    hear();
    await over;
  } finally {
    client.off('notification', hear);
    // It would go on to be notified.
    client.release(true);
  }
}
