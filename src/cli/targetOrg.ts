import {
  AuthInfo,
  ConfigAggregator,
  Connection,
  Messages,
  OrgConfigProperties,
  StateAggregator,
} from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { refuseRedirects } from './refuseRedirects.js';
import { withoutSecretsOf } from './terminal/withoutSecretsOf.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Milliseconds for the list of API versions, without which the default version does. */
const versionTimeout = 30_000;

/**
 * The org that a command talks to, from a login that the CLI has stored.
 *
 * `Org` of `@salesforce/core` asks the org for its versions and its edition as soon as it is made, by a transport that
 * follows redirects with the token, unzips whatever comes and has no limit. So this one makes no request but ours.
 */
export class TargetOrg {
  readonly #authInfo: AuthInfo;
  #connection: Promise<Connection> | undefined;

  private constructor(authInfo: AuthInfo) {
    this.#authInfo = authInfo;
  }

  /**
   * @param name a username, an alias or an access token; without it the default of the CLI
   * @throws {SfError} when there is no such login
   */
  static async open(name?: string): Promise<TargetOrg> {
    const config = await ConfigAggregator.create();
    const wanted = name ?? config.getPropertyValue<string>(OrgConfigProperties.TARGET_ORG);
    if (!wanted) throw messages.createError('error.noDefaultEnv');
    const { aliases } = await StateAggregator.getInstance();
    try {
      return new TargetOrg(await AuthInfo.create({ username: aliases.resolveUsername(wanted) }));
    } catch (error) {
      // It repeats the name, which may be a token.
      throw error instanceof Error ? withoutSecretsOf(error) : error;
    }
  }

  /** An access token, for an org that is known by nothing else. */
  get username(): string {
    return this.#authInfo.getUsername();
  }

  /** In 15 or 18 characters. */
  get orgId(): string {
    return this.#authInfo.getFields().orgId ?? '';
  }

  /** One connection for all. Without a version: the newest one that the org has and this plugin knows. */
  connect(apiVersion?: string): Promise<Connection> {
    this.#connection ??= this.#connected(apiVersion);
    return this.#connection;
  }

  async #connected(apiVersion: string | undefined): Promise<Connection> {
    const { instanceUrl = '' } = this.#authInfo.getFields();
    refuseRedirects();
    const { newestCommonVersion } = await import('../client/index.js');
    // With a version, core asks for none.
    const version = apiVersion ?? (await newestCommonVersion(instanceUrl, versionTimeout));
    return Connection.create({ authInfo: this.#authInfo, connectionOptions: { version } });
  }
}

/**
 * `--target-org`. Its help does not show the default org: the CLI would have to load the command, and log in, before it
 * could print any help.
 */
export const targetOrgFlag = Flags.custom<TargetOrg>({
  char: 'o',
  summary: messages.getMessage('flags.target-org.summary'),
  noCacheDefault: true,
  required: true,
  parse: (input) => TargetOrg.open(input),
  default: () => TargetOrg.open(),
});
