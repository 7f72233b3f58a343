import {
  AuthInfo,
  ConfigAggregator,
  Connection,
  Messages,
  OrgConfigProperties,
  StateAggregator,
} from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { setTimeout } from 'node:timers/promises';
import { refuseRedirects } from './refuseRedirects.js';
import { withoutSecretsOf } from './terminal/withoutSecretsOf.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Milliseconds to wait for the list of API versions. After that, the default version is used. */
const versionTimeout = 30_000;

/** How often a file of the CLI is read that another command may be writing, and the milliseconds between. */
const fileAttempts = 5;
const filePause = 100;

/**
 * The org that a command talks to, from a login that the CLI has stored.
 *
 * `Org` of `@salesforce/core` queries the org for its versions and edition on creation, through a transport that
 * follows redirects with the token, decompresses any response and has no size limit. This class makes only our own
 * requests.
 */
export class TargetOrg {
  readonly #authInfo: AuthInfo;
  #connection: Promise<Connection> | undefined;

  private constructor(authInfo: AuthInfo) {
    this.#authInfo = authInfo;
  }

  /**
   * Opens the login.
   * @param name a username, an alias or an access token; default: the CLI's default org
   * @throws {SfError} if there is no such login
   */
  static async open(name?: string): Promise<TargetOrg> {
    const config = await ConfigAggregator.create();
    const wanted = name ?? config.getPropertyValue<string>(OrgConfigProperties.TARGET_ORG);
    if (!wanted) throw messages.createError('error.noDefaultEnv');
    const { aliases } = await whole(() => StateAggregator.getInstance());
    try {
      return new TargetOrg(await whole(() => AuthInfo.create({ username: aliases.resolveUsername(wanted) })));
    } catch (error) {
      // The error repeats the name, which can be a token.
      throw error instanceof Error ? withoutSecretsOf(error) : error;
    }
  }

  /** The username, or an access token if nothing else is known about the org. */
  get username(): string {
    return this.#authInfo.getUsername();
  }

  /** What help shows as the default org where the CLI has no manifest of the plugin. Never a token. */
  toString(): string {
    return this.username.includes('!') ? 'the org of an access token' : this.username;
  }

  /** 15 or 18 characters. */
  get orgId(): string {
    return this.#authInfo.getFields().orgId ?? '';
  }

  /**
   * Connects once and returns the same connection afterwards. Default version: the newest one that both the org and
   * this plugin know.
   */
  connect(apiVersion?: string): Promise<Connection> {
    this.#connection ??= this.#connected(apiVersion);
    return this.#connection;
  }

  async #connected(apiVersion: string | undefined): Promise<Connection> {
    const { instanceUrl = '' } = this.#authInfo.getFields();
    refuseRedirects();
    const { newestCommonVersion } = await import('../client/index.js');
    // If core is given a version, it does not query the org for one.
    const version = apiVersion ?? (await newestCommonVersion(instanceUrl, versionTimeout));
    return Connection.create({ authInfo: this.#authInfo, connectionOptions: { version } });
  }
}

/**
 * Reads files of the CLI. On first use it writes its files of keys and aliases in place, so a second command that starts
 * at the same moment can find half a file. It looks again.
 */
async function whole<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const isHalfWritten = error instanceof Error && ['JsonParseError', 'SyntaxError'].includes(error.name);
      if (!isHalfWritten || attempt === fileAttempts) throw error;
      await setTimeout(filePause);
    }
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

/** `--target-org` of a command that may do without an org, and then does not ask for the default one. */
export const optionalTargetOrgFlag = Flags.custom<TargetOrg>({
  char: 'o',
  summary: messages.getMessage('flags.target-org.summary'),
  noCacheDefault: true,
  parse: (input) => TargetOrg.open(input),
});
