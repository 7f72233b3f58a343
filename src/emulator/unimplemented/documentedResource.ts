import type { Method } from '../http/endpoint.js';

/** A resource that the vendor's guides describe, whether this org has it or not. */
export interface DocumentedResource {
  readonly method: Method;
  /** Below `/services/data/vNN.0`, with `:name` segments. */
  readonly path: string;
  /** First API version that has it. */
  readonly since?: number;
  /** As in "This local org does not implement …". */
  readonly what: string;
}
