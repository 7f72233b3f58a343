import { notFound, notImplemented } from '../orgRefusal.js';
import { responseTo } from './errorResponse.js';
import type { Endpoint, OrgResponse } from './orgEndpoint.js';
import { requireMediaType } from './mediaTypes.js';
import type { Doorkeeper, OrgCall, Reception } from './orgCall.js';
import { requestChain } from './requestChain.js';
import type { ChainParts } from './requestChain.js';
import type { RequestOutcome } from './requestOutcome.js';
import { PassingRequest } from './requestSteps.js';
import type { Arrival, Next } from './requestSteps.js';
import type { Router } from './router.js';

interface Parts extends ChainParts {
  readonly router: Router;
  readonly doorkeeper: Doorkeeper;
}

/** Turns a request into an answer: passes it through the chain, finds its endpoint, and renders errors. */
export class Dispatcher implements Reception {
  readonly doorkeeper: Doorkeeper;
  readonly #router: Router;
  readonly #chain: Next;

  constructor({ router, doorkeeper, ...parts }: Parts) {
    this.doorkeeper = doorkeeper;
    this.#router = router;
    this.#chain = requestChain(parts, (call) => this.serve(call));
  }

  /** Answers a request from the socket. */
  dispatch(arrival: Arrival): Promise<RequestOutcome> {
    return this.#chain(new PassingRequest(arrival, this));
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
      return { endpoint, response: responseTo(error, call.body) };
    }
  }

  /** Like `serve`, but synchronous, so no other request can run in between. */
  servePart(call: OrgCall): OrgResponse {
    try {
      const response = this.#endpointOf(call).handle(call);
      if (response instanceof Promise) throw notImplemented(`${call.path} within a composite request`);
      return response;
    } catch (error) {
      return responseTo(error, call.body);
    }
  }

  #endpointOf(call: OrgCall): Endpoint {
    if (call.isApiCall && call.version === 0) throw notFound();
    const { endpoint, params } = this.#router.find(call.method, call.path);
    if (call.isApiCall && call.version < (endpoint.since ?? 0)) throw notFound();
    call.params = params;
    return endpoint;
  }
}
