import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Emulator } from '../../../src/emulator/index.js';

/** A mobile SDK of Salesforce's, as far as its requests go. */
export interface MobileSdk {
  readonly platform: 'iOS' | 'Android';
  /** Which it calls, such as `60.0`. */
  readonly version: string;
}

type Body = Record<string, unknown>;

/** Sends what an app sends, with its headers, also those that a GET does not need. */
export class MobileCalls {
  readonly #org: Emulator;
  readonly #sdk: MobileSdk;
  #token = '';

  constructor(org: Emulator, sdk: MobileSdk) {
    this.#org = org;
    this.#sdk = sdk;
  }

  /** A browser shows the login page and comes back with a code. @returns the answer to the request for the token */
  async logIn(): Promise<Body> {
    const verifier = 'mobile-app-verifier-of-at-least-forty-three-characters';
    const redirect = { client_id: 'LoyaltyApp', redirect_uri: 'http://localhost:1717/done' };
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const query = new URLSearchParams({ response_type: 'code', ...redirect, code_challenge });
    const page = await fetch(`${this.#org.url}/services/oauth2/authorize?${String(query)}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', ...redirect, code, code_verifier: verifier };
    const answer = await fetch(`${this.#org.url}/services/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: String(new URLSearchParams(form)),
    });
    const body = (await answer.json()) as Body;
    this.#token = String(body['access_token']);
    return body;
  }

  get(path: string): Promise<Body> {
    const { platform } = this.#sdk;
    const form = 'application/x-www-form-urlencoded;charset=utf-8';
    return this.#send(path, { method: 'GET', headers: platform === 'iOS' ? { 'content-type': form } : {} }, 200);
  }

  post(path: string, body: unknown, status = 200): Promise<Body> {
    const headers = { 'content-type': 'application/json;charset=UTF-8' };
    return this.#send(path, { method: 'POST', headers, body: JSON.stringify(body) }, status);
  }

  async #send(
    path: string,
    { headers, ...init }: { method: string; headers: Record<string, string>; body?: string },
    status: number,
  ): Promise<Body> {
    const { platform, version } = this.#sdk;
    const answer = await fetch(`${this.#org.url}/services/data/v${version}${path}`, {
      ...init,
      headers: {
        ...{ accept: 'application/json;charset=UTF-8', authorization: `Bearer ${this.#token}` },
        ...{ 'sforce-call-options': `client=loyaltyMobileSdk-${platform}`, ...headers },
      },
    });
    const text = await answer.text();
    expect(answer.status, `${init.method} ${path}: ${text}`).to.equal(status);
    expect(answer.headers.get('content-type')).to.match(/^application\/json/);
    return JSON.parse(text) as Body;
  }
}

type TypeName = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'date' | 'date-time';

/**
 * Types by key: `'date?'` may be null, and `'date~'` may also be left out.
 *
 * @example { membershipNumber: 'string', lastActivityDate: 'date?' }
 */
export type Shape = Readonly<Record<string, TypeName | `${TypeName}?` | `${TypeName}~`>>;

const forms: Readonly<Record<TypeName, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value),
  date: (value) => /^\d{4}-\d\d-\d\d$/.test(String(value)),
  'date-time': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)),
};

/** Expects a value of the right type under each key of the shape, and no other keys. */
export function expectShape(value: unknown, shape: Shape, what: string): void {
  const row = value as Body;
  for (const [key, form] of Object.entries(shape)) {
    if (form.endsWith('~') && !(key in row)) continue;
    expect(row, what).to.have.property(key);
    if (row[key] === null && /[?~]$/.test(form)) continue;
    const type = form.replace(/[?~]$/, '') as TypeName;
    const isRight = row[key] !== null && forms[type](row[key]);
    expect(isRight, `${what}.${key} is ${type}: ${JSON.stringify(row[key])}`).to.equal(true);
  }
  const unknown = Object.keys(row).filter((key) => !(key in shape));
  expect(unknown, `${what}: keys that are not documented`).to.deep.equal([]);
}

/** The same for each element of a list that is not empty. */
export function expectRows(list: unknown, shape: Shape, what: string): void {
  expect(list, what).to.be.an('array').that.is.not.empty;
  for (const row of list as unknown[]) expectShape(row, shape, what);
}
