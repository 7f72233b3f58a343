import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { carriedOut } from '../../../cli/carriedOut.js';
import { exitCodes } from '../../../cli/exitCode.js';
import { filledText } from '../../../cli/flags.js';
import { logIn, usernameOf } from '../../../cli/logIn.js';
import { packageSource } from '../../../cli/packageSource.js';
import type { EmulatorStartResult } from '../../../cli/results.js';
import { aborted } from '../../../cli/shutdown.js';
import { LoyaltyClient } from '../../../client/index.js';
import { Emulator, readFaultPlan, startDetached, stopEmulator, type EmulatorOptions } from '../../../emulator/index.js';
import { createExample, type Example } from '../../../program/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.emulator.start');
const exampleMembers = 20;
export type { EmulatorStartResult } from '../../../cli/results.js';

export default class EmulatorStart extends SfCommand<EmulatorStartResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    port: Flags.integer({
      summary: messages.getMessage('flags.port.summary'),
      default: 8366,
      min: 0,
      max: 65_535,
    }),
    detach: Flags.boolean({
      summary: messages.getMessage('flags.detach.summary'),
      description: messages.getMessage('flags.detach.description'),
    }),
    alias: filledText({ char: 'a', summary: messages.getMessage('flags.alias.summary') }),
    'data-dir': Flags.directory({
      summary: messages.getMessage('flags.data-dir.summary'),
      description: messages.getMessage('flags.data-dir.description'),
    }),
    example: Flags.boolean({
      summary: messages.getMessage('flags.example.summary'),
      description: messages.getMessage('flags.example.description'),
      exclusive: ['faults'],
    }),
    source: Flags.directory({
      exists: true,
      summary: messages.getMessage('flags.source.summary'),
      description: messages.getMessage('flags.source.description'),
    }),
    faults: filledText({
      summary: messages.getMessage('flags.faults.summary'),
      description: messages.getMessage('flags.faults.description'),
    }),
    effects: Flags.boolean({
      summary: messages.getMessage('flags.effects.summary'),
      description: messages.getMessage('flags.effects.description'),
    }),
    'strict-auth': Flags.boolean({ summary: messages.getMessage('flags.strict-auth.summary') }),
    'negative-balances': Flags.boolean({ summary: messages.getMessage('flags.negative-balances.summary') }),
    'ignore-unique-fields': Flags.boolean({
      summary: messages.getMessage('flags.ignore-unique-fields.summary'),
      description: messages.getMessage('flags.ignore-unique-fields.description'),
    }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary'), exclusive: ['detach'] }),
  };

  public async run(): Promise<EmulatorStartResult> {
    return carriedOut(async (signal) => {
      const { flags } = await this.parse(EmulatorStart);
      const options = {
        port: flags.port,
        dataDir: flags['data-dir'],
        source: sourceFolders(flags),
        faults: flags.faults === undefined ? undefined : await readFaultPlan(flags.faults),
        effects: flags.effects,
        strictAuth: flags['strict-auth'],
        ...(flags.alias !== undefined && { username: usernameOf(flags.alias) }),
        settings: {
          allowNegativeBalance: flags['negative-balances'],
          realtimeHonorsUniqueFields: !flags['ignore-unique-fields'],
        },
      };
      const result = flags.detach
        ? await this.startDetached(options, flags)
        : await this.startHere(options, { ...flags, signal });
      return { result, exitCode: exitCodes.done };
    });
  }

  private async startDetached(
    options: Parameters<typeof startDetached>[0],
    wanted: WantedState,
  ): Promise<EmulatorStartResult> {
    const { url, accessToken, pid, warnings } = await startDetached(options);
    this.warnOf(warnings);
    return this.show({ url, token: accessToken, pid }, wanted).catch(async (error: unknown) => {
      // Nobody would know of it.
      await stopEmulator(url);
      throw error;
    });
  }

  /** Ends with a signal, or when somebody stops the org. */
  private async startHere(
    options: EmulatorOptions,
    { verbose, signal, ...wanted }: WantedState & { readonly verbose: boolean; readonly signal: AbortSignal },
  ): Promise<EmulatorStartResult> {
    await using emulator = await Emulator.start({
      ...options,
      onRequest: ({ method, url, status, milliseconds }) => {
        if (verbose) this.log(`${method} ${url} ${status} ${milliseconds.toFixed(1)} ms`);
      },
    });
    const { url, accessToken } = emulator;
    this.warnOf(emulator.warnings);
    const result = await this.show({ url, token: accessToken, pid: process.pid }, wanted);
    this.log(messages.getMessage('info.foreground'));
    await Promise.race([emulator.stopped, aborted(signal)]);
    return result;
  }

  private warnOf(warnings: readonly string[]): void {
    for (const warning of warnings) this.warn(warning);
  }

  /** Brings the org to where it was asked to be, and says how to use it. */
  private async show(
    running: EmulatorStartResult,
    { alias, example: isWanted }: WantedState,
  ): Promise<EmulatorStartResult> {
    const { url, token } = running;
    if (alias !== undefined) await logIn(url, token, alias);
    const example = isWanted ? await exampleIn(url) : undefined;
    this.logSuccess(messages.getMessage('info.listens', [url]));
    if (example)
      this.log(messages.getMessage('info.example', [example.program, example.members[0], example.members.at(-1)]));
    this.log(
      alias === undefined
        ? messages.getMessage('info.token', [url, token])
        : messages.getMessage('info.alias', [alias]),
    );
    return { ...running, ...(alias !== undefined && { alias }), ...(example && { example }) };
  }
}

/** Where the org is brought before it is told of. */
interface WantedState {
  readonly alias?: string | undefined;
  readonly example: boolean;
}

/** The example org has what the sync can use in an org, so that each of its levels can be tried. */
function sourceFolders({ source, example }: { source: string | undefined; example: boolean }): string[] {
  return [...(example ? [packageSource] : []), ...(source === undefined ? [] : [source])];
}

async function exampleIn(url: string): Promise<Example> {
  const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'example', clientSecret: 'none' });
  return createExample(client, exampleMembers);
}
