import type { z } from 'zod';
import { definedValues } from '../base/definedValues.js';
import { pathOf } from '../contract/endpoint.js';
import type { LoyaltyEndpoint, ParametersOf, QueryOf, RequestOf, ResponseOf } from '../contract/endpoint.js';
import type { Call, Send } from './transport/send.js';

/** The options of a call of this endpoint: all that it needs, and nothing that it does not have. */
export type EndpointCallOptions<E extends LoyaltyEndpoint> = {
  readonly params: ParametersOf<E>;
  readonly signal?: AbortSignal | undefined;
  /** Whether the call changes nothing. Default: true for every GET. */
  readonly isRead?: boolean | undefined;
  /** See {@link Call}. */
  readonly began?: number | undefined;
} & (E['query'] extends z.ZodType ? { readonly query: QueryOf<E> } : unknown) &
  (E['request'] extends z.ZodType ? { readonly body: RequestOf<E> } : unknown);

/**
 * Calls an endpoint once and returns its answer, checked against the contract.
 *
 * @throws {LoyaltyApiError} for every answer with status 300 or more
 * @throws {LostAnswerError} when no answer came, or a success of another shape
 */
export type CallEndpoint = <E extends LoyaltyEndpoint>(
  endpoint: E,
  options: EndpointCallOptions<E>,
) => Promise<ResponseOf<E>>;

interface AnyOptions {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly isRead?: boolean | undefined;
  readonly began?: number | undefined;
}

export function createCall(send: Send): CallEndpoint {
  return <E extends LoyaltyEndpoint>(endpoint: E, options: EndpointCallOptions<E>) => {
    const { query = {}, body, signal, isRead, began }: AnyOptions = options;
    const path = pathOf(endpoint, options.params) + queryText(query);
    const { method } = endpoint;
    const call: Call = { method, path, resource: endpoint.path, ...definedValues({ body, signal, isRead, began }) };
    return send(call, endpoint.response as z.ZodType<ResponseOf<E>>);
  };
}

/** Writes spaces as `%20`, because a `+` means a space only in forms. */
function queryText(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const pairs = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
