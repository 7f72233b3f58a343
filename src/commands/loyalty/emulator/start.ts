import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { variableLine } from '../../../base/text/shell.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { filledText } from '../../../cli/commonFlags.js';
import { logIn, usernameOf } from '../../../cli/logIn.js';
import { packageSource } from '../../../cli/packageSource.js';
import type { EmulatorStartResult } from '../../../cli/results/emulatorResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { aborted } from '../../../base/aborted.js';
import {
  Emulator,
  FaultPlan,
  orgLatency,
  readFaultPlan,
  startDetached,
  stopEmulator,
} from '../../../emulator/index.js';
import type { EmulatorOptions, Seed } from '../../../emulator/index.js';
import { exampleOrg } from '../../../program/index.js';
import type { Example } from '../../../program/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.emulator.start');
export type { EmulatorStartResult } from '../../../cli/results/emulatorResults.js';

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
    from: Flags.file({
      exists: true,
      summary: messages.getMessage('flags.from.summary'),
      description: messages.getMessage('flags.from.description'),
    }),
    example: Flags.boolean({
      summary: messages.getMessage('flags.example.summary'),
      description: messages.getMessage('flags.example.description'),
    }),
    source: Flags.directory({
      exists: true,
      summary: messages.getMessage('flags.source.summary'),
      description: messages.getMessage('flags.source.description'),
    }),
    'answer-flows-empty': Flags.boolean({
      summary: messages.getMessage('flags.answer-flows-empty.summary'),
      description: messages.getMessage('flags.answer-flows-empty.description'),
      dependsOn: ['source'],
    }),
    faults: filledText({
      summary: messages.getMessage('flags.faults.summary'),
      description: messages.getMessage('flags.faults.description'),
    }),
    latency: Flags.option({
      summary: messages.getMessage('flags.latency.summary'),
      description: messages.getMessage('flags.latency.description'),
      options: ['none', 'org'] as const,
      default: 'none',
    })(),
    effects: Flags.boolean({
      summary: messages.getMessage('flags.effects.summary'),
      description: messages.getMessage('flags.effects.description'),
    }),
    'strict-auth': Flags.boolean({ summary: messages.getMessage('flags.strict-auth.summary') }),
    'negative-balances': Flags.boolean({ summary: messages.getMessage('flags.negative-balances.summary') }),
    'multi-currency': Flags.boolean({
      summary: messages.getMessage('flags.multi-currency.summary'),
      description: messages.getMessage('flags.multi-currency.description'),
    }),
    'ignore-unique-fields': Flags.boolean({
      summary: messages.getMessage('flags.ignore-unique-fields.summary'),
      description: messages.getMessage('flags.ignore-unique-fields.description'),
    }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary'), exclusive: ['detach'] }),
  };

  public async run(): Promise<EmulatorStartResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(EmulatorStart);
      const options = {
        port: flags.port,
        dataDir: flags['data-dir'],
        from: flags.from,
        source: sourceFolders(flags),
        answerFlowsEmpty: flags['answer-flows-empty'],
        faults: await faultsOf(flags),
        effects: flags.effects,
        strictAuth: flags['strict-auth'],
        ...(flags.alias !== undefined && { username: usernameOf(flags.alias) }),
        settings: {
          allowNegativeBalance: flags['negative-balances'],
          multiCurrency: flags['multi-currency'],
          realtimeHonorsUniqueFields: !flags['ignore-unique-fields'],
        },
      };
      let example: Example | undefined;
      const seed = async (org: { readonly url: string }): Promise<void> => {
        if (flags.example) example = await exampleOrg(org);
      };
      const result = flags.detach
        ? await this.#startDetached(options, { seed, seeded: () => example, alias: flags.alias })
        : await this.#startHere(options, { seed, seeded: () => example, ...flags, signal });
      return { result, exitCode: exitCodes.done };
    });
  }

  async #startDetached(options: DetachedOptions, { seed, seeded, alias }: Start): Promise<EmulatorStartResult> {
    const { url, accessToken, pid, warnings } = await startDetached(options, seed);
    this.#warnOf(warnings);
    return this.#show({ url, token: accessToken, pid, example: seeded() }, alias).catch(async (error: unknown) => {
      // Otherwise it would keep running unnoticed.
      await stopEmulator(url).catch(() => undefined);
      throw error;
    });
  }

  /** Ends on a signal, or when the org is stopped. */
  async #startHere(
    options: EmulatorOptions,
    { seed, seeded, alias, verbose, signal }: Start & { readonly verbose: boolean; readonly signal: AbortSignal },
  ): Promise<EmulatorStartResult> {
    await using emulator = await Emulator.start({
      ...options,
      seed,
      onRequest: ({ method, url, status, milliseconds }) => {
        if (verbose) this.log(`${method} ${url} ${status} ${milliseconds.toFixed(1)} ms`);
      },
    });
    const { url, accessToken } = emulator;
    this.#warnOf(emulator.warnings);
    const result = await this.#show({ url, token: accessToken, pid: process.pid, example: seeded() }, alias);
    this.log(messages.getMessage('info.foreground'));
    await Promise.race([emulator.stopped, aborted(signal)]);
    return result;
  }

  #warnOf(warnings: readonly string[]): void {
    for (const warning of warnings) this.warn(warning);
  }

  /** Logs in if requested, and prints how to use the org. */
  async #show({ example, ...org }: EmulatorStartResult, alias: string | undefined): Promise<EmulatorStartResult> {
    const { url, token } = org;
    if (alias !== undefined) await logIn(url, token, alias);
    this.logSuccess(messages.getMessage('info.listens', [url]));
    if (example) {
      this.log(messages.getMessage('info.example', [example.program, example.members[0], example.members.at(-1)]));
    }
    for (const line of useLines({ url, token }, alias)) this.log(line);
    return { ...org, ...(alias !== undefined && { alias }), ...(example && { example }) };
  }
}

/** Returns commands that use the org. */
function useLines({ url, token }: Pick<EmulatorStartResult, 'url' | 'token'>, alias: string | undefined): string[] {
  const use = commandLine('list progress', { 'target-org': alias ?? token });
  const lines = alias === undefined ? [variableLine('SF_ORG_INSTANCE_URL', url), use] : [use];
  return [messages.getMessage('info.use'), '', ...lines.map((line) => `  ${line}`), ''];
}

/** The faults of a plan, and the time that an org takes. */
async function faultsOf({ faults, latency }: { faults?: string; latency: string }): Promise<FaultPlan | undefined> {
  const plan = faults === undefined ? undefined : await readFaultPlan(faults);
  return latency === 'none' ? plan : FaultPlan.parse({ ...plan, rules: [...(plan?.rules ?? []), ...orgLatency] });
}

type DetachedOptions = Parameters<typeof startDetached>[0];
type DetachedSeed = NonNullable<Parameters<typeof startDetached>[1]>;

/** What the org starts with, and how the caller reads it. */
interface Start {
  readonly seed: DetachedSeed & Seed;
  /** What the seed has created, once the org listens. */
  readonly seeded: () => Example | undefined;
  readonly alias?: string | undefined;
}

/** The example org has what the sync can use in an org, so that each level can be tried. */
function sourceFolders({ source, example }: { source: string | undefined; example: boolean }): string[] {
  return [...(example ? [packageSource] : []), ...(source === undefined ? [] : [source])];
}
