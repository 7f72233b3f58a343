import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createGunzip } from 'node:zlib';
import { text } from 'node:stream/consumers';
import type { Target } from './target.js';

/** An answer as the CLI reads it. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  // An answer of a server under test is whatever it is.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

interface Sent {
  readonly body?: string;
  /** Default: `application/json`, also where there is no body, as the CLI sends it. */
  readonly contentType?: string;
  /** Without a length in the head, piece by piece. */
  readonly isChunked?: boolean;
  /** Without the token. */
  readonly isOpen?: boolean;
}

/**
 * Requests byte for byte as `@salesforce/cli` 2.150.6 was seen to send them: its headers, and two slashes before the
 * path, because it stores an instance URL with a slash at its end.
 */
export class Wire {
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
  }

  get(path: string): Promise<WireAnswer> {
    return this.send('GET', path);
  }

  query(soql: string, more = ''): Promise<WireAnswer> {
    return this.get(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}${more}`);
  }

  json(method: string, path: string, body: unknown): Promise<WireAnswer> {
    return this.send(method, path, { body: JSON.stringify(body) });
  }

  /** @param path from the root: `/services/data/v66.0/limits` */
  async send(method: string, path: string, sent: Sent = {}): Promise<WireAnswer> {
    const url = `${this.#target.instanceUrl.replace(/\/$/, '')}/${path}`;
    const headers = this.#headers(sent);
    const outgoing = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, { method, headers });
    if (sent.isChunked) {
      const half = Math.ceil((sent.body ?? '').length / 2);
      outgoing.write((sent.body ?? '').slice(0, half));
      outgoing.end((sent.body ?? '').slice(half));
    } else outgoing.end(sent.body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, headers: response.headers, body: await bodyOf(response) };
  }

  #headers({ body, contentType = 'application/json', isChunked, isOpen }: Sent): Record<string, string> {
    return {
      'content-type': contentType,
      'user-agent': isOpen ? 'undici' : 'sfdx toolbelt:',
      ...(!isOpen && {
        authorization: `Bearer ${this.#target.accessToken}`,
        'sforce-call-options': 'client=sfdx toolbelt:',
      }),
      accept: '*/*',
      'accept-language': '*',
      'sec-fetch-mode': 'cors',
      'accept-encoding': 'gzip, deflate',
      ...(body !== undefined && !isChunked && { 'content-length': String(Buffer.byteLength(body)) }),
    };
  }
}

async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const isZipped = response.headers['content-encoding'] === 'gzip';
  const content = await text(isZipped ? response.pipe(createGunzip()) : response);
  const isJson = content !== '' && response.headers['content-type']?.startsWith('application/json');
  return isJson ? (JSON.parse(content) as unknown) : content;
}
