import { Messages } from '@salesforce/core';
import { counted } from '../../base/text/counted.js';
import type { InboxBacklog, OutboxDatabaseError } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');

/** Milliseconds between two lines. */
const interval = 10_000;
/** Milliseconds after which somebody should look why nothing is taken. */
const longWait = 60_000;

interface InboxLinesOptions {
  readonly log: (line: string) => void;
  readonly warn: (sentence: string) => void;
  /** The command that delivers. */
  readonly worker: string;
}

/** Says what happens in an inbox: a line now and then, if anything has changed, and a warning if nothing is taken. */
export class InboxLines {
  readonly #options: InboxLinesOptions;
  #next = Date.now() + interval;
  #shown: string;
  #hasWarned = false;

  constructor(options: InboxLinesOptions) {
    this.#options = options;
    this.#shown = lineOf(0);
  }

  backlog({ transactions, age }: InboxBacklog): void {
    const { log, warn, worker } = this.#options;
    const line = lineOf(transactions);
    if (Date.now() >= this.#next && line !== this.#shown) {
      this.#next = Date.now() + interval;
      this.#shown = line;
      log(line);
    }
    const isLong = age > longWait;
    if (isLong && !this.#hasWarned) {
      const waited = counted(Math.round(age / 1000), 'second');
      warn(messages.getMessage('warning.waits', [counted(transactions, 'transaction'), waited, worker]));
    }
    this.#hasWarned = isLong;
  }

  away(error: OutboxDatabaseError | undefined): void {
    if (error) this.#options.warn(messages.getMessage('warning.away', [error.message]));
    else this.#options.log(messages.getMessage('info.back'));
  }
}

function lineOf(transactions: number): string {
  return messages.getMessage('info.waits', [countText(transactions)]);
}
