import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { unexpected } from './collectionRequest.js';
import { repeated } from './repeatedReference.js';
import { readSubrequests } from './subrequest.js';
import type { Subrequest } from './subrequest.js';

/** Requests that succeed or fail as a whole. */
export interface Graph {
  readonly graphId: string;
  readonly subrequests: readonly Subrequest[];
}

/** Begins with a letter or digit, has fewer than 40 characters, and contains no period (guide, REST API). */
const legalGraphId = /^[A-Za-z0-9][^.]{0,38}$/;

/**
 * Reads `{ "graphs": [{ "graphId": "1", "compositeRequest": [ … ] }] }`.
 *
 * @throws {OrgRefusal} 400 JSON_PARSER_ERROR when the body has another form or repeats a graphId
 */
export function readGraphs({ body, version }: OrgRequest): Graph[] {
  const { graphs } = body.object();
  if (!Array.isArray(graphs)) throw unexpected('graphs');
  const read = graphs.map((graph) => readGraph(graph, version));
  const [twice] = repeated(read.map(({ graphId }) => graphId));
  if (twice !== undefined) throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `Duplicate graphId found: ${twice}`);
  return read;
}

function readGraph(graph: unknown, version: number): Graph {
  if (!isJsonObject(graph)) throw unexpected('a graph');
  const { graphId, compositeRequest } = graph;
  if (typeof graphId !== 'string' || !legalGraphId.test(graphId)) throw unexpected('graphId');
  return { graphId, subrequests: readSubrequests(compositeRequest, version) };
}
