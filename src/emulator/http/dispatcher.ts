import type { Clock } from '../../base/clock.js';
import { OrgRefusal, notFound, notImplemented, UnreadableValue } from '../orgRefusal.js';
import { Interruption } from '../interruptedRequest.js';
import { DataDirDiskError } from '../store/dataDir.js';
import type { DailyCalls } from './dailyCalls.js';
import type { ArrivedBody } from './arrivedBody.js';
import type { Endpoint, OrgResponse } from './orgEndpoint.js';
import { requireMediaType } from './mediaTypes.js';
import { OrgCall } from './orgCall.js';
import type { Doorkeeper, Incoming, Reception } from './orgCall.js';
import type { Interception, RequestOutcome } from './requestOutcome.js';
import { RequestBody } from './requestBody.js';
import type { RequestCounter } from './requestCounter.js';
import type { Router } from './router.js';

interface Parts {
  readonly router: Router;
  readonly doorkeeper: Doorkeeper;
  readonly usage: DailyCalls;
  readonly requests: RequestCounter;
  readonly interception: Interception;
  readonly clock: Clock;
}

/** A request from the socket. */
export interface Arrival extends Omit<Incoming, 'body'> {
  readonly body: ArrivedBody;
}

/**
 * Turns a request into an answer: authenticates the caller, checks the API limit, finds the endpoint, and renders
 * errors.
 *
 * Limits, delays and faults apply to a request as a whole and belong in `dispatch`. What also applies to the parts of a
 * composite request belongs in `serve`.
 */
export class Dispatcher implements Reception {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get doorkeeper(): Doorkeeper {
    return this.#parts.doorkeeper;
  }

  /** Answers a request from the socket. It is counted, and refused if the org's calls are used up. */
  async dispatch({ body, ...head }: Arrival): Promise<RequestOutcome> {
    const call = new OrgCall({ ...head, body: new RequestBody() }, this);
    const outcome = await (call.isApiCall ? this.#admitted(call, body) : this.#opened(call, body));
    this.#parts.requests.record(call.method, outcome.endpoint?.path);
    return this.#dated(outcome);
  }

  /** Adds a `date` header from the org's clock, so clients can compare it with the times of records. */
  #dated(outcome: RequestOutcome): RequestOutcome {
    const date = new Date(this.#parts.clock.now()).toUTCString();
    return { ...outcome, response: { ...outcome.response, headers: { date, ...outcome.response.headers } } };
  }

  async #admitted(call: OrgCall, body: ArrivedBody): Promise<RequestOutcome> {
    const { usage } = this.#parts;
    try {
      // Checked first, so a caller without a session learns nothing about the org and causes no work.
      call.authenticate();
    } catch (error) {
      return { endpoint: undefined, response: toResponse(error) };
    }
    const outcome = usage.isExhausted ? overLimit : await this.#opened(call, body);
    usage.record(outcome.response.calls);
    if (outcome.isForeign) return outcome;
    const headers = { 'sforce-limit-info': usage.toHeader(), ...outcome.response.headers };
    return { ...outcome, response: { ...outcome.response, headers } };
  }

  async #opened(call: OrgCall, arrived: ArrivedBody): Promise<RequestOutcome> {
    let body: RequestBody;
    try {
      body = await arrived.open(!call.isApiCall);
    } catch (error) {
      return { endpoint: undefined, response: toResponse(error) };
    }
    return this.#intercepted(call.withBody(body));
  }

  /** Control requests are never struck by faults, so the org can always be inspected and stopped. */
  #intercepted(call: OrgCall): Promise<RequestOutcome> {
    const { interception } = this.#parts;
    if (interception.isQuiet || call.path.startsWith('/emulator/')) return this.serve(call);
    return interception.intercept(call, (part) => this.serve(part));
  }

  /**
   * Finds the endpoint and returns its answer, or the body of the error that it throws. Rejects only with
   * `Interruption`.
   */
  async serve(call: OrgCall): Promise<RequestOutcome> {
    let endpoint: Endpoint | undefined;
    try {
      endpoint = this.#endpointOf(call);
      requireMediaType(call, endpoint);
      return { endpoint, response: await endpoint.handle(call) };
    } catch (error) {
      return { endpoint, response: toResponse(error, call.body) };
    }
  }

  /** Like `serve`, but synchronous, so no other request can run in between. */
  servePart(call: OrgCall): OrgResponse {
    try {
      const response = this.#endpointOf(call).handle(call);
      if (response instanceof Promise) throw notImplemented(`${call.path} within a composite request`);
      return response;
    } catch (error) {
      return toResponse(error, call.body);
    }
  }

  #endpointOf(call: OrgCall): Endpoint {
    if (call.isApiCall && call.version === 0) throw notFound();
    const { endpoint, params } = this.#parts.router.find(call.method, call.path);
    if (call.isApiCall && call.version < (endpoint.since ?? 0)) throw notFound();
    call.params = params;
    return endpoint;
  }
}

const overLimit: RequestOutcome = {
  endpoint: undefined,
  response: toResponse(new OrgRefusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')),
};

/** @throws {Interruption} when the error is one, because it must not become an answer */
function toResponse(error: unknown, body?: RequestBody): OrgResponse {
  if (error instanceof Interruption) throw error;
  if (error instanceof UnreadableValue && body) return toResponse(body.locate(error));
  if (error instanceof OrgRefusal) return { status: error.status, body: error.toBody() };
  return unexpected(error);
}

/** A defect of ours or of the disk, in the platform's form. What it was goes to the process's warnings and not to the caller. */
function unexpected(error: unknown): OrgResponse {
  if (error instanceof DataDirDiskError) process.emitWarning(`${error.message} ${error.actions.join(' ')}`, error.name);
  else process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), 'EmulatorDefect');
  const id = '1000000000-10000 (-1000000000)';
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${id}`;
  return { status: 500, body: new OrgRefusal(500, 'UNKNOWN_EXCEPTION', message).toBody() };
}
