import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import type { Call } from '../../../src/client/transport/send.js';
import { failure, ok } from './answers.js';

const object = 'Loyalty_Sync_Source__c';

type Fields = Record<string, unknown>;

interface Marker extends Fields {
  readonly Id: string;
  SystemModstamp: string;
}

/** The records of Loyalty_Sync_Source__c, whose key is unique, and the calls that write and read them. */
export class MarkerTable {
  records: Marker[] = [];
  readonly #now: () => number;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns the org's answer to a call about markers. Undefined for any other call. */
  answer(call: Call): HttpAnswer | undefined {
    if (call.path === '/composite') return this.#composite(call.body as Composite);
    if (!call.path.startsWith(`/sobjects/${object}`)) return undefined;
    if (call.path.endsWith('/describe')) return ok({ name: object, fields: [] });
    if (call.method === 'POST') return this.#insert(call.body as Fields);
    return this.#update(call.path.split('/').at(-1) ?? '', call.body as Fields);
  }

  query(soql: string): Marker[] {
    const [program, source] = [...soql.matchAll(/'([^']*)'/g)].map(([, text]) => text);
    const below = Number(/Epoch__c < (\d+)/.exec(soql)?.[1] ?? Infinity);
    return this.records
      .filter(
        (row) => row['Program__c'] === program && String(row['Source__c']).toLowerCase() === source?.toLowerCase(),
      )
      .filter((row) => Number(row['Epoch__c']) < below)
      .toSorted((a, b) => Number(b['Epoch__c']) - Number(a['Epoch__c']))
      .slice(0, Number(/LIMIT (\d+)/.exec(soql)?.[1] ?? Infinity))
      .map((row) => ({ ...row }));
  }

  #insert(fields: Fields): HttpAnswer {
    if (this.records.some((row) => row['Key__c'] === fields['Key__c'])) return failure(400, 'DUPLICATE_VALUE');
    const Id = `a00${String(++this.#count).padStart(12, '0')}AAA`;
    const empty = { Host__c: null, Clean_End__c: null, Owner__c: null };
    this.records.push({ ...empty, ...fields, Id, SystemModstamp: this.#stamp() });
    return { ...ok({ id: Id, success: true, errors: [] }), statusCode: 201 };
  }

  #update(id: string, fields: Fields): HttpAnswer {
    const record = this.records.find(({ Id }) => Id === id);
    if (!record) return failure(404, 'ENTITY_IS_DELETED');
    Object.assign(record, fields, { SystemModstamp: this.#stamp() });
    return { statusCode: 204, headers: {}, body: '' };
  }

  #composite({ compositeRequest: [write, read] }: Composite): HttpAnswer {
    const written = this.#update(write?.url.split('/').at(-1) ?? '', write?.body ?? {});
    const soql = decodeURIComponent(read?.url.split('q=')[1] ?? '');
    const records = this.query(soql);
    const parts = [
      { httpStatusCode: written.statusCode, body: written.body === '' ? null : (JSON.parse(written.body) as unknown) },
      { httpStatusCode: 200, body: { totalSize: records.length, done: true, records } },
    ];
    return ok({ compositeResponse: parts.map((part, index) => ({ ...part, referenceId: String(index) })) });
  }

  #stamp(): string {
    return new Date(this.#now()).toISOString();
  }
}

interface Composite {
  readonly compositeRequest: readonly { readonly url: string; readonly body?: Fields }[];
}
