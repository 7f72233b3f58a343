import { format } from 'node:util';
import { ux } from '@oclif/core';
import type { Interfaces } from '@oclif/core';
import type { TargetOrg } from './targetOrg.js';
import { SfCommand as CoreCommand } from '@salesforce/sf-plugins-core';
import { printable, printableJson } from '../base/text/printable.js';
import { flagError } from './errors/flagError.js';
import { orgName } from './orgName.js';
import { makePrintable } from './terminal/printableError.js';
import { PrintableSpinner } from './terminal/printableSpinner.js';
import { printableMessage, printableRow, printableValues } from './terminal/printableValues.js';

type Message = CoreCommand.Info;

/**
 * What each of our commands extends, and the one place that everything passes that they print: what comes from a feed,
 * a file or an org cannot move the cursor, hide text or write a line of its own. A line is one call of `log`. `--json`
 * prints the same values, escaped as JSON does it.
 *
 * It has the same name as the class that it extends, because the lint rules for commands look for that name.
 */
export abstract class SfCommand<T> extends CoreCommand<T> {
  override readonly spinner = new PrintableSpinner(!this.jsonEnabled());
  /** No command draws a bar of its own. */
  declare readonly progress: never;
  /** Name of the org that the flags name, once they are parsed. */
  orgName: string | undefined;
  /** The texts come from here, and have their colors already. */
  #isOurs = false;

  override log(message = '', ...args: unknown[]): void {
    super.log(this.#shown(message, args));
  }

  override logToStderr(message = '', ...args: unknown[]): void {
    super.logToStderr(this.#shown(message, args));
  }

  override logSuccess(message: string): void {
    this.#asOurs(() => super.logSuccess(printable(message)));
  }

  override info(input: Message): void {
    this.#asOurs(() => super.info(printableMessage(input)));
  }

  override warn(input: Message): Message {
    // JSON has the warning as it is.
    this.#asOurs(() => super.warn(this.jsonEnabled() ? input : printableMessage(input)));
    return input;
  }

  override table<R extends Record<string, unknown>>(
    options: Parameters<typeof CoreCommand.prototype.table<R>>[0],
  ): void {
    const title = options.title === undefined ? {} : { title: printable(options.title) };
    super.table({ ...options, ...title, data: options.data.map(printableRow) });
  }

  override styledHeader(text: string): void {
    super.styledHeader(printable(text));
  }

  override styledObject(values: Parameters<CoreCommand<T>['styledObject']>[0]): void {
    super.styledObject(printableValues(values));
  }

  override styledJSON(values: Parameters<CoreCommand<T>['styledJSON']>[0]): void {
    if (!this.jsonEnabled()) this.logJson(values);
  }

  /** Without the stack and the inspected cause of an error: they tell paths of this machine, and nothing to a program. */
  override logJson(document: unknown): void {
    const json = isErrorDocument(document) ? { ...document, stack: undefined, cause: undefined } : document;
    const plain = ux.colorizeJson(json);
    if (printableJson(plain) === plain) super.logJson(json);
    else ux.stdout(printableJson(ux.colorizeJson(json, { theme: this.config.theme?.json })));
  }

  override url(text: string, uri: string, params?: object): void {
    super.url(printable(text), printable(uri), params);
  }

  override confirm(input: Parameters<CoreCommand<T>['confirm']>[0]): Promise<boolean> {
    return super.confirm({ ...input, message: printable(input.message) });
  }

  override secretPrompt(input: Parameters<CoreCommand<T>['secretPrompt']>[0]): Promise<string> {
    return super.secretPrompt({ ...input, message: printable(input.message) });
  }

  protected override async parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv?: string[]): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv).catch((error: unknown) => {
      throw flagError(error, argv ?? this.argv);
    });
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
    return this.#isOurs ? text : printable(text);
  }

  /** For work of the class that this one extends, which colors what it was given and calls `log`. */
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
