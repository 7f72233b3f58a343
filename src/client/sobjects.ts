import { z } from 'zod';
import { DescribeResult, SaveResult } from '../contract/query.js';
import { fitted } from './fitted.js';
import type { Send } from './transport/send.js';

export type FieldValues = Record<string, string | number | boolean | null>;

/** `client.sobjects`: rows of any object, one at a time. */
export class SObjectsResource {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** `POST /sobjects/{object}`, sent at most once. Returns the new Id. */
  async create(object: string, fields: FieldValues): Promise<string> {
    const saved = await this.#send({ method: 'POST', path: pathOf(object), body: fields }, SaveResult);
    return fitted(saved, z.object({ success: z.literal(true), id: z.string() }), 'An answer to a create came').id;
  }

  /** `PATCH /sobjects/{object}/{id}`: other fields stay as they are. */
  async update(object: string, id: string, fields: FieldValues): Promise<void> {
    const path = `${pathOf(object)}/${encodeURIComponent(id)}`;
    // 204: anything with a body did not come from the resource.
    await this.#send({ method: 'PATCH', path, body: fields }, z.undefined());
  }

  /** What this org and user have of an object: field names, lengths, what may be written. */
  async describe(object: string): Promise<DescribeResult> {
    return this.#send({ method: 'GET', path: `${pathOf(object)}/describe` }, DescribeResult);
  }
}

function pathOf(object: string): string {
  return `/sobjects/${encodeURIComponent(object)}`;
}
