import type { Clock } from '../../base/clock.js';
import type { DailyCalls } from './dailyCalls.js';
import type { RequestCounter } from './requestCounter.js';
import type { Interception, Serve } from './requestOutcome.js';
import { addDate, admit, authenticate, countRequest, limit, strike, unpack } from './requestSteps.js';
import type { Next, Step } from './requestSteps.js';

export interface ChainParts {
  /** Public domain names of the org, and the address that it listens on. */
  readonly ownNames: readonly string[];
  readonly requests: RequestCounter;
  readonly clock: Clock;
  readonly usage: DailyCalls;
  readonly interception: Interception;
}

/**
 * What happens to a request from the socket, in this order, before it is served. Each step may answer it, or pass it on
 * and add to the answer.
 *
 * These steps apply to a request as a whole. What also applies to the parts of a composite request belongs in `serve`.
 */
export function requestChain({ ownNames, requests, clock, usage, interception }: ChainParts, serve: Serve): Next {
  const steps: readonly Step[] = [
    // Refuses foreign host names, foreign web pages, and heads that are too large.
    admit(ownNames),
    // Counts the request under its endpoint once it is answered, even if a later step refuses it.
    countRequest(requests),
    // Adds the org's time.
    addDate(clock),
    // A caller without a session learns nothing about the org and causes no work.
    authenticate,
    // Refuses the request if the org's daily calls are used up.
    limit(usage),
    // Decompresses the body.
    unpack,
    // Delays the request, and lets an injected fault strike it.
    strike(interception),
  ];
  return steps.reduceRight<Next>(
    (next, step) => (request) => step(request, next),
    ({ call }) => serve(call),
  );
}
