import { ApiError } from '../../apiError.js';
import type { OrgRequest } from '../../http/endpoint.js';
import { isObject, unexpected } from './collectionRequest.js';
import { repeated } from './repeated.js';
import { readSubrequests, type Subrequest } from './subrequest.js';

/** Requests that are done together or not at all. */
export interface Graph {
  readonly graphId: string;
  readonly subrequests: readonly Subrequest[];
}

/** Begins with a letter or digit, is shorter than 40 characters, and has no period (guide, REST API). */
const legalGraphId = /^[A-Za-z0-9][^.]{0,38}$/;

/**
 * `{ "graphs": [{ "graphId": "1", "compositeRequest": [ … ] }] }`
 * @throws ApiError 400 JSON_PARSER_ERROR for what is not of this form, or has a graphId twice
 */
export function readGraphs({ body, version }: OrgRequest): Graph[] {
  const { graphs } = body.object();
  if (!Array.isArray(graphs)) throw unexpected('graphs');
  const read = graphs.map((graph) => readGraph(graph, version));
  const [twice] = repeated(read.map(({ graphId }) => graphId));
  if (twice !== undefined) throw new ApiError(400, 'JSON_PARSER_ERROR', `Duplicate graphId found: ${twice}`);
  return read;
}

function readGraph(graph: unknown, version: number): Graph {
  if (!isObject(graph)) throw unexpected('a graph');
  const { graphId, compositeRequest } = graph;
  if (typeof graphId !== 'string' || !legalGraphId.test(graphId)) throw unexpected('graphId');
  return { graphId, subrequests: readSubrequests(compositeRequest, version) };
}
