import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../base/clock.js';
import { OrgRefusal } from '../orgRefusal.js';
import { admitRequest } from './admitRequest.js';
import type { ArrivedBody } from './arrivedBody.js';
import type { DailyCalls } from './dailyCalls.js';
import { responseTo } from './errorResponse.js';
import { OrgCall } from './orgCall.js';
import type { Incoming, Reception } from './orgCall.js';
import type { OrgResponse } from './orgEndpoint.js';
import { RequestBody } from './requestBody.js';
import type { RequestCounter } from './requestCounter.js';
import type { Interception, RequestOutcome } from './requestOutcome.js';

/** A request from the socket. */
export interface Arrival extends Omit<Incoming, 'body' | 'headers'>, Pick<IncomingMessage, 'headers' | 'rawHeaders'> {
  readonly body: ArrivedBody;
}

/** A request on its way through the chain. Its head is parsed when `call` is first read. */
export class PassingRequest {
  readonly arrival: Arrival;
  readonly #reception: Reception;
  #call: OrgCall | undefined;

  constructor(arrival: Arrival, reception: Reception) {
    this.arrival = arrival;
    this.#reception = reception;
  }

  /** Without the body until the body is unpacked. */
  get call(): OrgCall {
    const { method, url, headers } = this.arrival;
    return (this.#call ??= new OrgCall({ method, url, headers, body: new RequestBody() }, this.#reception));
  }

  with(call: OrgCall): PassingRequest {
    const request = new PassingRequest(this.arrival, this.#reception);
    request.#call = call;
    return request;
  }
}

/** The rest of the chain. */
export type Next = (request: PassingRequest) => Promise<RequestOutcome>;

/** One step of the chain. */
export type Step = (request: PassingRequest, next: Next) => Promise<RequestOutcome>;

export function admit(ownNames: readonly string[]): Step {
  return async (request, next) => {
    const refusal = admitRequest(request.arrival, ownNames);
    return refusal ? refusedWith(refusal) : next(request);
  };
}

export function countRequest(requests: RequestCounter): Step {
  return async (request, next) => {
    const outcome = await next(request);
    requests.record(request.call.method, outcome.endpoint?.path);
    return outcome;
  };
}

/** Adds a `date` header from the org's clock, so clients can compare it with the times of records. */
export function addDate(clock: Clock): Step {
  return async (request, next) => {
    const outcome = await next(request);
    return withHeaders(outcome, { date: new Date(clock.now()).toUTCString() });
  };
}

export const authenticate: Step = async (request, next) => {
  if (!request.call.isApiCall) return next(request);
  try {
    request.call.authenticate();
  } catch (error) {
    return refusedWith(error);
  }
  return next(request);
};

/** Counts API calls, and tells the caller how many are used. */
export function limit(usage: DailyCalls): Step {
  return async (request, next) => {
    if (!request.call.isApiCall) return next(request);
    const outcome = usage.isExhausted ? refusedWith(overLimit) : await next(request);
    usage.record(outcome.response.calls);
    return outcome.isForeign ? outcome : withHeaders(outcome, { 'sforce-limit-info': usage.toHeader() });
  };
}

export const overLimit = new OrgRefusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

export const unpack: Step = async (request, next) => {
  let body: RequestBody;
  try {
    const { isApiCall, hasTokenInBody } = request.call;
    body = await request.arrival.body.open(!isApiCall && !hasTokenInBody);
  } catch (error) {
    return refusedWith(error);
  }
  return next(request.with(request.call.withBody(body)));
};

/** Control requests are never struck by faults, so the org can always be inspected and stopped. */
export function strike(interception: Interception): Step {
  return async (request, next) => {
    if (interception.isQuiet || request.call.path.startsWith('/emulator/')) return next(request);
    return interception.intercept(request.call, (call) => next(request.with(call)));
  };
}

function refusedWith(error: unknown): RequestOutcome {
  return { endpoint: undefined, response: responseTo(error) };
}

/** Headers that the answer already has take precedence. */
function withHeaders(outcome: RequestOutcome, headers: NonNullable<OrgResponse['headers']>): RequestOutcome {
  return { ...outcome, response: { ...outcome.response, headers: { ...headers, ...outcome.response.headers } } };
}
