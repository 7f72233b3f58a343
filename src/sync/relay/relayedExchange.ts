import { LostAnswerError, LoyaltyApiError, verdict } from '../../client/index.js';
import type { FailureVerdict, HttpAnswer, HttpConnection } from '../../client/index.js';
import type { RealtimeRequest } from '../../contract/endpoints/realtimeEndpoints.js';
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
      relayed.rate(mayHaveHappened ? 'fails' : 'cannot');
      throw new LostAnswerError(mayHaveHappened ? 'reset' : 'notSent', message, mayHaveHappened);
    }
    const answer = { ...told, body: relayed.body };
    const judgment = answer.statusCode < 300 ? undefined : verdict(new LoyaltyApiError(answer), journalsIn(body));
    relayed.rate(ratingOf(judgment));
    if (!judgment || !mayBeOfLogin(judgment) || !judgment.nothingStored) return answer;
    const message = `The org answered the standby with HTTP ${told.statusCode}. Nothing was done.`;
    throw new LostAnswerError('notSent', message, false);
  };
}

/** A gateway on the way of the standby alone may have answered what nobody understands. */
function ratingOf(judgment: FailureVerdict | undefined): 'works' | 'fails' | 'cannot' {
  if (judgment?.kind === 'stop') return 'cannot';
  return judgment?.kind === 'unknown' ? 'fails' : 'works';
}

/** Whether the org may have refused the user of the standby, who may be allowed less than ours: we find out. */
function mayBeOfLogin(judgment: FailureVerdict): judgment is FailureVerdict & { kind: 'stop' | 'refused' } {
  return judgment.kind === 'stop' || judgment.kind === 'refused';
}

function journalsIn(body: string): number {
  return (JSON.parse(body) as RealtimeRequest).transactionJournals.length;
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
