import { LostAnswerError, LoyaltyApiError, verdict } from '../../client/index.js';
import type { HttpAnswer, HttpConnection } from '../../client/index.js';
import { RelayError } from '../../outbox/index.js';
import type { Relay } from '../../outbox/index.js';
import { AnswerHead, understoodHead } from './relayedShapes.js';
import type { RequestHead } from './relayedShapes.js';

/**
 * Returns an exchange that lets standbys send the requests. If none of them can, the error says that nothing was sent,
 * and this machine may send the request itself. A standby that does not reach the org, or is not let in by it, gets
 * nothing to send for a while.
 * @param timeout milliseconds for one request and its whole answer
 */
export function relayedExchange(relay: Relay, timeout: number): HttpConnection['exchange'] {
  return async ({ url, body = '' }): Promise<HttpAnswer> => {
    const head: RequestHead = { path: new URL(url).pathname };
    const relayed = await relay.send({ head: JSON.stringify(head), body }, timeout).catch(asLostAnswer);
    const told = understood(relayed.head);
    if ('lost' in told) {
      const { message, mayHaveHappened } = told.lost;
      if (!mayHaveHappened) relayed.rest();
      throw new LostAnswerError(mayHaveHappened ? 'reset' : 'notSent', message, mayHaveHappened);
    }
    const answer = { ...told, body: relayed.body };
    if (!isRefusedAsAWhole(answer)) return answer;
    // It may be the login of the standby alone. This machine finds out.
    relayed.rest();
    const message = `The org answered the standby with HTTP ${told.statusCode}. Nothing was done.`;
    throw new LostAnswerError('notSent', message, false);
  };
}

/** Whether the org refuses whatever this login sends, and has done nothing. */
function isRefusedAsAWhole(answer: HttpAnswer): boolean {
  if (answer.statusCode < 300) return false;
  const judgment = verdict(new LoyaltyApiError(answer));
  return judgment.kind === 'stop' && judgment.nothingStored;
}

function asLostAnswer(error: unknown): never {
  if (!(error instanceof RelayError)) throw error;
  throw new LostAnswerError(error.maySend ? 'reset' : 'notSent', error.message, error.maySend);
}

function understood(head: string): AnswerHead {
  const told = understoodHead(AnswerHead, head);
  if (told) return told;
  throw new LostAnswerError('unreadable', 'A standby gave an answer that this version does not understand.', true);
}
