import { format } from 'node:util';
import { ux } from '@oclif/core';
import type { Interfaces } from '@oclif/core';
import type { TargetOrg } from './targetOrg.js';
import { Messages } from '@salesforce/core';
import { SfCommand as CoreCommand } from '@salesforce/sf-plugins-core';
import { printableJson } from '../base/text/printable.js';
import { flagError } from './errors/flagError.js';
import { logLevels, strangeLogLevel } from './logLevel.js';
import { orgName } from './orgName.js';
import type { DeliveryWords } from './sync/syncFlags.js';
import type { OrgName } from './orgName.js';
import { shownLine, shownValue } from './terminal/boundedText.js';
import { makePrintable } from './terminal/printableError.js';
import { PrintableSpinner } from './terminal/printableSpinner.js';
import { printableMessage, printableRow, printableValues } from './terminal/printableValues.js';
import { isNeedlessWarning } from './terminal/protocolWarning.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

type Message = CoreCommand.Info;

/**
 * The base class of all our commands. Everything that they print passes through it, so that text from a feed, a file or
 * an org cannot move the cursor, hide text or start a new line. One call of `log` is one line. `--json` prints the same
 * values with JSON escapes.
 *
 * It has the same name as the class that it extends, because the lint rules for commands look for that name.
 */
export abstract class SfCommand<T> extends CoreCommand<T> {
  override readonly spinner = new PrintableSpinner(!this.jsonEnabled());
  /** No command draws its own progress bar. */
  declare readonly progress: never;
  /** Name of the org that the flags name, once they are parsed. */
  orgName: OrgName;
  /** Flags with which its run delivers otherwise than usual, once they are known. Errors print them. */
  delivery: DeliveryWords = {};
  /** The texts come from here, and have their colors already. */
  #isOurs = false;

  /** Whether its process can be named, which errors advise. */
  get takesProcess(): boolean {
    return 'process' in this.ctor.flags;
  }

  override log(message = '', ...args: unknown[]): void {
    super.log(this.#shown(message, args));
  }

  override logToStderr(message = '', ...args: unknown[]): void {
    super.logToStderr(this.#shown(message, args));
  }

  override logSuccess(message: string): void {
    this.#asOurs(() => super.logSuccess(shownLine(message)));
  }

  /** Prints a success, with `--json` on standard error, because standard output then has one document at the end. */
  logAnyway(message: string): void {
    if (this.jsonEnabled()) ux.stderr(shownLine(message));
    else this.logSuccess(message);
  }

  override info(input: Message): void {
    this.#asOurs(() => super.info(printableMessage(input)));
  }

  override warn(input: Message): Message {
    if (isNeedlessWarning(input)) return input;
    // JSON contains the original warning.
    this.#asOurs(() => super.warn(this.jsonEnabled() ? input : printableMessage(input)));
    return input;
  }

  override table<R extends Record<string, unknown>>(
    options: Parameters<typeof CoreCommand.prototype.table<R>>[0],
  ): void {
    const title = options.title === undefined ? {} : { title: shownValue(options.title) };
    super.table({ ...options, ...title, data: options.data.map(printableRow) });
  }

  override styledHeader(text: string): void {
    super.styledHeader(shownLine(text));
  }

  override styledObject(values: Parameters<CoreCommand<T>['styledObject']>[0]): void {
    super.styledObject(printableValues(values));
  }

  override styledJSON(values: Parameters<CoreCommand<T>['styledJSON']>[0]): void {
    if (!this.jsonEnabled()) this.logJson(values);
  }

  /** Leaves out an error's stack and its inspected cause, which show local paths and are of no use to a program. */
  override logJson(document: unknown): void {
    const json = isErrorDocument(document) ? { ...document, stack: undefined, cause: undefined } : document;
    const plain = ux.colorizeJson(json);
    if (printableJson(plain) === plain) super.logJson(json);
    else ux.stdout(printableJson(ux.colorizeJson(json, { theme: this.config.theme?.json })));
  }

  override url(text: string, uri: string, params?: object): void {
    super.url(shownLine(text), shownLine(uri), params);
  }

  override confirm(input: Parameters<CoreCommand<T>['confirm']>[0]): Promise<boolean> {
    return super.confirm({ ...input, message: shownLine(input.message) });
  }

  override secretPrompt(input: Parameters<CoreCommand<T>['secretPrompt']>[0]): Promise<string> {
    return super.secretPrompt({ ...input, message: shownLine(input.message) });
  }

  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv?: string[]): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv).catch((error: unknown) => {
      throw flagError(error, argv ?? this.argv);
    });
    if (strangeLogLevel !== undefined) {
      this.warn(messages.getMessage('warning.logLevel', [strangeLogLevel, logLevels.join(', ')]));
    }
    const org = (parsed.flags as { 'target-org'?: TargetOrg })['target-org'];
    this.orgName = org && orgName(org);
    return parsed;
  }

  protected override catch(error: Error): Promise<never> {
    if (this.jsonEnabled()) return super.catch(error);
    const shown = makePrintable(error);
    return this.#asOurs(() => super.catch(shown));
  }

  #shown(message: string, args: unknown[]): string {
    const text = args.length === 0 ? message : format(message, ...args);
    return this.#isOurs ? text : shownLine(text);
  }

  /** Runs work of the base class, which colors its input and then calls `log`. */
  #asOurs<R>(work: () => R): R {
    this.#isOurs = true;
    try {
      return work();
    } finally {
      this.#isOurs = false;
    }
  }
}

function isErrorDocument(document: unknown): document is object {
  return typeof document === 'object' && document !== null && 'stack' in document && 'commandName' in document;
}
