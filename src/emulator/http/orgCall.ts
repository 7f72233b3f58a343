import { OrgRefusal } from '../orgRefusal.js';
import { excessOfPart } from './addressLimit.js';
import type { Method, OrgRequest, OrgResponse, RequestPart, Session } from './orgEndpoint.js';
import type { RequestBody } from './requestBody.js';
import { newestVersion, oldestVersion } from './servedVersions.js';

/** A request as received from the socket, or as given in a composite request. */
export interface Incoming {
  readonly method: string;
  /** Path and query string, undecoded. */
  readonly url: string;
  readonly headers: OrgRequest['headers'];
  readonly body: RequestBody;
}

/** Finds the user that a token belongs to. */
export interface Doorkeeper {
  /** @throws {OrgRefusal} 401 INVALID_SESSION_ID when the token is not valid */
  admit(token: string): Session;
}

/** The parts of the org that a call uses. */
export interface Reception {
  readonly doorkeeper: Doorkeeper;
  /** Answers a part of a composite request. */
  servePart(part: OrgCall): OrgResponse;
}

const versionForm = /^\/services\/data\/v(\d\d)\.0(?:\/|$)/;

/** One request to the org. The caller is authenticated only when `session` is first read. */
export class OrgCall implements OrgRequest {
  readonly method: Method;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly version: number;
  readonly headers: OrgRequest['headers'];
  readonly body: RequestBody;
  /** Set when the endpoint has been found. */
  params: Readonly<Record<string, string>> = {};
  #session: Session | undefined;

  readonly #incoming: Incoming;
  readonly #reception: Reception;

  constructor(incoming: Incoming, reception: Reception) {
    this.#incoming = incoming;
    this.#reception = reception;

    const [path = '', ...query] = incoming.url.split('?');
    // The CLI joins an instance URL that ends with a slash to a path that begins with one.
    this.path = path.replace(/\/{2,}/g, '/');
    this.query = new URLSearchParams(query.join('?'));
    this.method = toMethod(incoming.method, this.query);
    this.version = toVersion(this.path);
    this.headers = incoming.headers;
    this.body = incoming.body;
  }

  /**
   * Whether the path is below `/services/data`, where every call needs a token and counts against the org's limit. This
   * includes paths without a version, and those whose version only the router can decode (`%7666.0`).
   */
  get isApiCall(): boolean {
    return /^\/services\/data\/./.test(this.path);
  }

  /** Whether the token, if there is any, is in the body, as in SOAP, so that the body must be read before it is known. */
  get hasTokenInBody(): boolean {
    return this.path.startsWith('/services/Soap/m/');
  }

  /** Returns the same request with another body. */
  withBody(body: RequestBody): OrgCall {
    const call = new OrgCall({ ...this.#incoming, body }, this.#reception);
    call.#session = this.#session;
    return call;
  }

  get origin(): string {
    return `http://${this.headers['host']?.toString() ?? 'localhost'}`;
  }

  get session(): Session {
    return this.#session ?? this.authenticate();
  }

  /**
   * @throws {OrgRefusal} 401 INVALID_SESSION_ID when the token is not valid, INVALID_AUTH_HEADER when the header is not
   */
  authenticate(): Session {
    this.#session = this.#reception.doorkeeper.admit(tokenOf(this));
    return this.#session;
  }

  serve({ headers = {}, ...part }: RequestPart): OrgResponse {
    const excess = excessOfPart(part.url);
    if (excess) return { status: excess.status, body: excess.toBody() };
    const inherited = { authorization: this.headers['authorization'], host: this.headers['host'] };
    return this.#reception.servePart(new OrgCall({ ...part, headers: { ...headers, ...inherited } }, this.#reception));
  }
}

/** A client that cannot send PATCH sends `POST …?_HttpMethod=PATCH` instead. */
function toMethod(method: string, query: URLSearchParams): Method {
  const override = method === 'POST' ? query.get('_HttpMethod') : null;
  return (override || (method === 'HEAD' ? 'GET' : method)).toUpperCase() as Method;
}

/** Returns 0 if the path has no version that this org serves. */
function toVersion(path: string): number {
  const version = Number(versionForm.exec(path)?.[1] ?? 0);
  return version >= oldestVersion && version <= newestVersion ? version : 0;
}

function tokenOf({ headers, query, isApiCall }: OrgCall): string {
  const authorization = headers['authorization']?.toString();
  // The identity URL also accepts a token in the query. Resources for records do not, because any page can send that.
  if (authorization === undefined) return isApiCall ? '' : (query.get('oauth_token') ?? '');
  const token = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(authorization)?.[1];
  if (token === undefined) throw new OrgRefusal(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  return token;
}
