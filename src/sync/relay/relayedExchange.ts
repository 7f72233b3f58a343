import { LostAnswerError, LoyaltyApiError, verdict } from '../../client/index.js';
import type { HttpAnswer, HttpConnection } from '../../client/index.js';
import { RelayError } from '../../outbox/index.js';
import type { Relay } from '../../outbox/index.js';
import { AnswerHead, understoodHead } from './relayedShapes.js';
import type { RequestHead } from './relayedShapes.js';

const notUnderstood = 'A standby gave an answer that this version does not understand.';

/**
 * Returns an exchange that lets standbys send the requests. If none of them can, the error says that nothing was sent,
 * and this machine may send the request itself, or try again. A standby that does not reach the org, or is not let in by
 * it, gets nothing to send for a while.
 * @param timeout milliseconds for one request and its whole answer
 */
export function relayedExchange(relay: Relay, timeout: number): HttpConnection['exchange'] {
  return async ({ url, body = '' }): Promise<HttpAnswer> => {
    const head: RequestHead = { path: new URL(url).pathname };
    const relayed = await relay.send({ head: JSON.stringify(head), body }, timeout).catch(asLostAnswer);
    const told = understoodHead(AnswerHead, relayed.head);
    if (!told) {
      relayed.rate('cannot');
      throw new LostAnswerError('unreadable', notUnderstood, true);
    }
    if ('lost' in told) {
      const { message, mayHaveHappened } = told.lost;
      relayed.rate(mayHaveHappened ? 'fails' : 'cannot');
      throw new LostAnswerError(mayHaveHappened ? 'reset' : 'notSent', message, mayHaveHappened);
    }
    const answer = { ...told, body: relayed.body };
    relayed.rate(ratingOf(answer));
    return answer;
  };
}

function ratingOf(answer: HttpAnswer): 'works' | 'fails' | 'cannot' {
  if (answer.statusCode < 300) return 'works';
  const { kind } = verdict(new LoyaltyApiError(answer));
  if (kind === 'stop') return 'cannot';
  // A gateway on the way of the standby alone may have answered what nobody understands.
  return kind === 'unknown' ? 'fails' : 'works';
}

function asLostAnswer(error: unknown): never {
  if (!(error instanceof RelayError)) throw error;
  throw new LostAnswerError(error.maySend ? 'reset' : 'notSent', error.message, error.maySend);
}
