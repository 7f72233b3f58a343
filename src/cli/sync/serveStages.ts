import type { SyncProgress } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';
import { waitText } from './progressStages.js';
import type { SyncStages } from './progressStages.js';

/** Milliseconds between two lines. */
const interval = 10_000;

/** Shows what a service does: a line now and then, if anything has happened. */
export class ServeStages implements SyncStages {
  readonly #log: (line: string) => void;
  #next = Date.now() + interval;
  #shown = lineOf({ read: 0, settled: 0, open: 0 });
  #last: SyncProgress | undefined;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  update(progress: SyncProgress): void {
    this.#last = { ...progress };
    if (Date.now() >= this.#next) this.#show();
  }

  stop(): void {
    this.#show();
  }

  error(): void {
    // The error follows.
  }

  #show(): void {
    if (!this.#last) return;
    this.#next = Date.now() + interval;
    const line = lineOf(this.#last);
    if (line === this.#shown) return;
    this.#shown = line;
    this.#log(line);
    const wait = waitText(this.#last);
    if (wait !== undefined) this.#log(`Waits ${wait}`);
  }
}

function lineOf({ read, settled, open }: Pick<SyncProgress, 'read' | 'settled' | 'open'>): string {
  return `${countText(read)} pushed, ${countText(settled)} settled, ${countText(open)} open`;
}
