import type { CustomFields, Emulator } from '../../src/emulator/index.js';

/** What a test reads of an answer. `body` is parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  // An answer of a server under test is whatever it is.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

/** Sends requests over the socket, as a client does that knows nothing of the server's code. */
export class RestClient {
  readonly #org: Emulator;
  readonly #token: string;
  readonly #version;

  constructor(org: Emulator, token: string = org.accessToken, version = 'v66.0') {
    this.#org = org;
    this.#token = token;
    this.#version = version;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  /** Creates a record that the test takes for granted. @returns its id */
  async create(objectName: string, values: Record<string, unknown>): Promise<string> {
    const { status, body } = await this.post(`/sobjects/${objectName}`, values);
    if (status !== 201) throw new Error(`${objectName}: ${status} ${JSON.stringify(body)}`);
    return body.id as string;
  }

  query(soql: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.get(`/query?q=${encodeURIComponent(soql)}`, headers);
  }

  /** @param path below `/services/data/vNN.0`, or a whole one that begins with `/services` or `/id` */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const whole = /^\/(services|id)\b/.test(path) ? path : `/services/data/${this.#version}${path}`;
    const response = await fetch(this.#org.url + whole, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

/** A program with one member, the least that a journal needs. */
export interface ExampleProgram {
  readonly programId: string;
  readonly memberId: string;
}

export function seedProgram({ store }: Emulator): ExampleProgram {
  const programId = store.insert('LoyaltyProgram', { Name: 'Cirrus' });
  const memberId = store.insert('LoyaltyProgramMember', {
    ProgramId: programId,
    ContactId: store.insert('Contact', { FirstName: 'Ada', LastName: 'Nimbus' }),
    MembershipNumber: 'M-77',
    EnrollmentDate: '2026-01-01',
    MemberStatus: 'Active',
  });
  return { programId, memberId };
}

/** A field as teams add it: External ID and Unique, so that a journal can be written twice and be there once. */
export const sourceKey: CustomFields = {
  TransactionJournal: {
    Src_Key__c: {
      ...{ type: 'string', length: 40, label: 'Source Key' },
      ...{ createable: true, updateable: true, externalId: true, unique: true },
    },
  },
};
