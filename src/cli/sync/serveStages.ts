import type { SyncProgress } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';
import { waitsLong, waitText } from './progressStages.js';
import type { SyncStages } from './progressStages.js';

/** Milliseconds between two lines. */
const interval = 10_000;

/** Shows what a service does: a line now and then, if anything has happened, and at once what a long wait is for. */
export class ServeStages implements SyncStages {
  readonly #log: (line: string) => void;
  #next = Date.now() + interval;
  #shown = lineOf({ read: 0, settled: 0, open: 0 });
  #shownWait: SyncProgress['waitingFor'];
  #last: SyncProgress | undefined;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  update(progress: SyncProgress): void {
    this.#last = { ...progress };
    const isNews = waitsLong(progress, Date.now()) && progress.waitingFor !== this.#shownWait;
    if (Date.now() >= this.#next || isNews) this.#show();
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
    const { waitingFor } = this.#last;
    const line = lineOf(this.#last);
    if (line === this.#shown && (waitingFor === undefined || waitingFor === this.#shownWait)) return;
    this.#shown = line;
    this.#shownWait = waitingFor;
    this.#log(line);
    const wait = waitText(this.#last);
    if (wait !== undefined) this.#log(`Waits ${wait}`);
  }
}

function lineOf({ read, settled, open }: Pick<SyncProgress, 'read' | 'settled' | 'open'>): string {
  return `${countText(read)} pushed, ${countText(settled)} settled, ${countText(open)} open`;
}
