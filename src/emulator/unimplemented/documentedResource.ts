import type { Method } from '../http/orgEndpoint.js';

/** A resource that Salesforce's guides describe, whether this org has it or not. */
export interface DocumentedResource {
  readonly method: Method;
  /** Path below `/services/data/vNN.0`, with `:name` segments. */
  readonly path: string;
  /** First API version with the resource. */
  readonly since?: number;
  /** Completes the sentence "This local org does not implement …". */
  readonly what: string;
}
