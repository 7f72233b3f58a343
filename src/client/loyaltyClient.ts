import type { ApiUsage } from './apiUsage.js';
import type { LoyaltyConnection } from './connection.js';
import { JournalsResource } from './journals.js';
import { MembersResource } from './members.js';
import { QueryResource } from './query.js';
import { createSend } from './send.js';

/** Spring '26. Everything that this client calls exists in it. */
export const defaultApiVersion = '66.0';

/** Program processes came with v56. jsforce's own default is 50.0, which nobody means when talking to a loyalty org. */
const oldestApiVersion = 56;

const defaultTimeout = 120_000;

export interface ClientOptions {
  /** Such as `66.0`. Without it the connection's own version, unless that is older than 56. */
  readonly apiVersion?: string;
  /** Milliseconds for one request with its whole answer; 120,000 unless given. */
  readonly timeout?: number;
}

/** A loyalty org, in groups of methods. One method calls one endpoint at most once and never repeats a write. */
export class LoyaltyClient {
  readonly apiVersion: string;
  readonly query: QueryResource;
  readonly members: MembersResource;
  readonly journals: JournalsResource;
  #apiUsage: ApiUsage | undefined;

  constructor(connection: LoyaltyConnection, options: ClientOptions = {}) {
    this.apiVersion = options.apiVersion ?? usableVersion(connection.version);
    const send = createSend(connection, {
      apiVersion: this.apiVersion,
      timeout: options.timeout ?? defaultTimeout,
      onApiUsage: (usage) => {
        this.#apiUsage = usage;
      },
    });
    this.query = new QueryResource(send);
    this.members = new MembersResource(send, this.query);
    this.journals = new JournalsResource(send, this.query);
  }

  /** As the newest answer had it; undefined before the first. */
  get apiUsage(): ApiUsage | undefined {
    return this.#apiUsage;
  }
}

function usableVersion(version: string): string {
  return Number.parseFloat(version) >= oldestApiVersion ? version : defaultApiVersion;
}
