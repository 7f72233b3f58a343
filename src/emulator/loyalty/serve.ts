import type { z } from 'zod';
import type { LoyaltyEndpoint, ParametersOf, RequestOf, ResponseOf } from '../../contract/endpoint.js';
import { notFound } from '../orgRefusal.js';
import type { OrgRefusal } from '../orgRefusal.js';
import type { Endpoint, OrgRequest } from '../http/orgEndpoint.js';
import { routePath } from '../http/routePath.js';
import type { LoyaltyOrg } from './loyaltyOrg.js';
import { parseInput, parseQuery } from './parseInput.js';
import { ProcessFailure } from './processFailure.js';
import type { Program } from './programDirectory.js';
import { inOneTransaction } from './writeContext.js';
import type { WriteContext } from './writeContext.js';

/** A call of one loyalty resource, read by the contract. */
export interface LoyaltyCall<E extends LoyaltyEndpoint, Body = RequestOf<E>> {
  readonly params: ParametersOf<E>;
  readonly query: E['query'] extends z.ZodType ? z.output<E['query']> : undefined;
  readonly body: Body;
  /** The program that the path names; undefined where it names none. */
  readonly program: E['path'] extends `${string}{program}${string}` ? Program : undefined;
  readonly writing: WriteContext;
  /** `66` for `v66.0` */
  readonly version: number;
}

/** How a resource differs from the others. */
interface Ways<E extends LoyaltyEndpoint, Body> {
  /** How it refuses a program that is unknown or not active: 404 unless given. */
  readonly unknownProgram?: (message: string) => OrgRefusal;
  /** Whether the body may be missing. */
  readonly isBodyOptional?: boolean;
  /** Reads the body: by the contract unless given. @throws {OrgRefusal} */
  readonly readBody?: (body: Readonly<Record<string, unknown>>) => Body;
  /** The answer to what the engine could not do: HTTP 200, and nothing is stored. */
  readonly failure?: (message: string, program: Program | undefined) => ResponseOf<E>;
  /** 200 unless given. */
  readonly status?: (answer: ResponseOf<E>) => number;
}

/** Makes the endpoint of a resource in an org. */
export type ServedResource = (loyalty: LoyaltyOrg) => Endpoint;

/**
 * Serves a resource of the contract: reads body and query, finds the program, and runs the handler in one transaction,
 * so that a call that is refused or fails has stored nothing.
 */
export function serve<E extends LoyaltyEndpoint, Body = RequestOf<E>>(
  endpoint: E,
  handler: (loyalty: LoyaltyOrg, call: LoyaltyCall<E, Body>) => ResponseOf<E>,
  ways: Ways<E, Body> = {},
): ServedResource {
  const { method, path, since } = endpoint;
  return (loyalty) => ({
    method,
    path: `/services/data/:version${routePath(path)}`,
    since,
    handle: (request) => {
      const inputs = inputsOf(endpoint, request, ways);
      const name = request.params['program'];
      const program = name === undefined ? undefined : loyalty.programs.named(name, ways.unknownProgram ?? notFound);
      const { params, version, session } = request;
      const answer = orFailure(
        () =>
          inOneTransaction(loyalty.org, session.userId, (writing) =>
            handler(loyalty, { ...inputs, params, program, version, writing } as unknown as LoyaltyCall<E, Body>),
          ),
        ways.failure && ((message) => ways.failure?.(message, program) as ResponseOf<E>),
      );
      return { status: ways.status?.(answer) ?? 200, body: answer };
    },
  });
}

function inputsOf<E extends LoyaltyEndpoint, Body>(
  { request, query }: E,
  given: OrgRequest,
  { readBody, isBodyOptional = false }: Ways<E, Body>,
): { readonly body: unknown; readonly query: unknown } {
  const body = () => (isBodyOptional ? given.body.objectIfAny() : given.body.object());
  return {
    query: query && parseQuery(query, given.query),
    body: request && (readBody ? readBody(body()) : parseInput(request, body())),
  };
}

function orFailure<T>(run: () => T, failure: ((message: string) => T) | undefined): T {
  try {
    return run();
  } catch (error) {
    if (failure && error instanceof ProcessFailure) return failure(error.message);
    throw error;
  }
}
