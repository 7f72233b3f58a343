import { isLoopback } from '../base/http/loopback.js';
import type { Clock } from '../base/clock.js';
import type { PushService } from '../sync/index.js';

/** Who may push. Several secrets are accepted at the same time, so that one can be replaced by another. */
export type DoorAccess =
  /** `Authorization: Bearer …` with one of these. */
  | { readonly tokens: readonly string[] }
  /** A signature of the body, made with one of these: see `docs/sync-serve.md`. */
  | { readonly signingSecrets: readonly string[] };

export interface DoorOptions {
  /** A `SyncService`, or a `HandInService`. The caller drains it. */
  readonly service: PushService;
  /** Address or name to listen on. Default 127.0.0.1. Everything but loopback needs `access`. */
  readonly host?: string | undefined;
  /** Default 0, which means any free port. */
  readonly port?: number | undefined;
  /** Without it, everybody on this machine may push, but no web page. */
  readonly access?: DoorAccess | undefined;
  /** Most bytes of a body. Default 2 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Most transactions or rows of one request. Default 1,000. */
  readonly mostTransactions?: number | undefined;
  /** Milliseconds in which a request must have arrived. Default 30 seconds. */
  readonly requestTimeout?: number | undefined;
  /** Milliseconds that requests in progress have to end when the door closes. Default 10 seconds. */
  readonly grace?: number | undefined;
  /** Called for every answer. It is told nothing about members and transactions, so that it can go into a log. */
  readonly onAnswer?: ((answer: DoorAnswer) => void) | undefined;
  /** Called for an error that the caller is told nothing about: status 500. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** For the time of signatures. */
  readonly clock?: Clock | undefined;
}

/** One answer of the door, for a log or for metrics. */
export interface DoorAnswer {
  readonly method: string;
  /** Template of the path, such as `/transactions/{key}`, or `*` for a path that is not served. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

export const doorDefaults = {
  host: '127.0.0.1',
  port: 0,
  bodyLimit: 2 * 1024 * 1024,
  mostTransactions: 1000,
  requestTimeout: 30_000,
  grace: 10_000,
} as const;

/** Fewest characters of a token or a secret. */
export const shortestSecret = 32;

/** The door cannot be opened like this. */
export class DoorOptionsError extends Error {
  override readonly name = 'DoorOptionsError';
}

/** @throws {DoorOptionsError} */
export function checkDoorOptions({ host = doorDefaults.host, access }: Pick<DoorOptions, 'host' | 'access'>): void {
  if (access) checkSecrets('tokens' in access ? access.tokens : access.signingSecrets);
  else if (!isLoopback(host)) {
    const message = `Other machines may reach ${host}, so a token or a signing secret is needed: see docs/sync-serve.md.`;
    throw new DoorOptionsError(message);
  }
}

function checkSecrets(secrets: readonly string[]): void {
  if (secrets.length === 0) throw new DoorOptionsError('The list of secrets is empty, so nobody could push.');
  const short = secrets.find((secret) => secret.length < shortestSecret);
  if (short === undefined) return;
  throw new DoorOptionsError(
    `A token or secret must have at least ${shortestSecret} characters, and one has ${short.length}. Make one: openssl rand -hex 32`,
  );
}
