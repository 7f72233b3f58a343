import type { HttpAnswer } from '../failures/httpAnswer.js';
import { told } from '../failures/toldText.js';
import type { ConnectionRequest, LoyaltyConnection } from './connection.js';
import type { ExchangeRequest } from './exchange.js';

/** A token, and the org that accepts it. */
export interface OrgSession {
  readonly instanceUrl: string;
  readonly token: string;
}

interface Options {
  readonly version: string;
  /** Logs in again. */
  readonly renew: () => Promise<OrgSession>;
}

interface Transport {
  httpRequest(request: ExchangeRequest): Promise<HttpAnswer>;
}

/** Identifies our calls in the org's event logs and change events. */
const callOptions = { 'sforce-call-options': 'client=sf-plugin-loyalty' };

/** Answers with 401 that are not the end of a session. jsforce has the same list. */
const blockedApp = /Connected app is not attached to Agent|This session is not valid for use with the REST API/;

/**
 * A connection that logs in again when the org says that the session has ended, and does nothing else, because a
 * request of one journal costs little more than what its connection does. Requests that notice the end of a session at
 * the same time share one login, and requests that begin meanwhile wait for it.
 */
export class SessionConnection implements LoyaltyConnection {
  readonly version: string;
  readonly #renew: () => Promise<OrgSession>;
  #session: OrgSession;
  #renewal: Promise<void> | undefined;

  constructor(session: OrgSession, { version, renew }: Options) {
    this.#session = session;
    this.version = version;
    this.#renew = renew;
  }

  get instanceUrl(): string {
    return this.#session.instanceUrl;
  }

  /**
   * The transport throws every failure except a 401 after which the request may be sent once more.
   *
   * @throws {Error} when the session cannot be renewed; the transport makes it a failure of the call
   */
  async request(request: ConnectionRequest, options: object = {}): Promise<unknown> {
    const { transport } = options as { readonly transport: Transport };
    if (this.#renewal) await this.#renewal;
    const { token } = this.#session;
    const answer = await transport.httpRequest(signed(request, token));
    if (answer.statusCode !== 401) return bodyOf(answer);
    if (blockedApp.test(answer.body)) throw new Error('This app is blocked, so a new login would not help.');
    if (token === this.#session.token) await (this.#renewal ??= this.#renewed());
    return bodyOf(await transport.httpRequest(signed(request, this.#session.token)));
  }

  async #renewed(): Promise<void> {
    try {
      this.#session = await this.#renew();
    } catch (error) {
      // The failure of a login is not that of the request.
      throw new Error(`The session could not be renewed: ${told(String(error))}`, { cause: error });
    } finally {
      this.#renewal = undefined;
    }
  }
}

function signed({ method, url, headers }: ConnectionRequest, token: string): ExchangeRequest {
  return { method, url, headers: { ...headers, ...callOptions, authorization: `Bearer ${token}` } };
}

/** JSON that was cut is an error, which the transport makes an answer that nobody understands. */
function bodyOf({ statusCode, headers, body }: HttpAnswer): unknown {
  if (statusCode === 204) return undefined;
  return /^application\/json(;|$)/.test(headers['content-type'] ?? '') ? JSON.parse(body) : body;
}
