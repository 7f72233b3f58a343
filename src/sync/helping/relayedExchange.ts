import { LostAnswerError } from '../../client/index.js';
import type { HttpAnswer, HttpConnection } from '../../client/index.js';
import { HelperError } from '../../outbox/index.js';
import type { Helpers } from '../../outbox/index.js';
import { AnswerHead } from './relayedShapes.js';
import type { RequestHead } from './relayedShapes.js';

/**
 * Returns what has requests sent by the machines that help. Nothing is sent if none of them can: the error says so, and
 * this machine may send the request itself. One whose login the org does not accept, or that does not reach the org, gets
 * nothing to send for a while.
 * @param timeout milliseconds for one request and its whole answer
 */
export function relayedExchange(helpers: Helpers, timeout: number): HttpConnection['exchange'] {
  return async ({ url, body = '' }): Promise<HttpAnswer> => {
    const { pathname: path } = new URL(url);
    const head: RequestHead = { path };
    const relayed = await helpers.relay({ head: JSON.stringify(head), body }, timeout).catch(asLostAnswer);
    const told = understood(relayed.head);
    if ('lost' in told) {
      const { message, mayHaveHappened } = told.lost;
      if (!mayHaveHappened) relayed.rest();
      throw new LostAnswerError(mayHaveHappened ? 'reset' : 'notSent', message, mayHaveHappened);
    }
    // Its user, and not that of this machine, is not let in. The org has done nothing then.
    if (![401, 403].includes(told.statusCode)) return { ...told, body: relayed.body };
    relayed.rest();
    const message = `The org answered a machine that helps with HTTP ${told.statusCode}. Nothing was done.`;
    throw new LostAnswerError('notSent', message, false);
  };
}

function asLostAnswer(error: unknown): never {
  if (!(error instanceof HelperError)) throw error;
  throw new LostAnswerError(error.maySend ? 'reset' : 'notSent', error.message, error.maySend);
}

function understood(head: string): AnswerHead {
  const parsed = AnswerHead.safeParse(JSON.parse(head));
  if (parsed.success) return parsed.data;
  throw new LostAnswerError(
    'unreadable',
    'A machine that helps has told something that this version does not know.',
    true,
  );
}
