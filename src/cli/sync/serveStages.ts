import type { SyncProgress } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';
import { waitsLong, waitText } from './progressStages.js';
import type { SyncStages } from './progressStages.js';

/** Milliseconds between two lines. */
const interval = 10_000;

/** Shows what a service does: a line now and then, if anything has happened, and at once what a long wait is for. */
export class ServeStages implements SyncStages {
  readonly #log: (line: string) => void;
  readonly #taken: string;
  #next = Date.now() + interval;
  #shown: string;
  #shownWait: SyncProgress['waitingFor'];
  #last: SyncProgress | undefined;

  /** @param taken how what has come in is called */
  constructor(log: (line: string) => void, taken: 'pushed' | 'taken') {
    this.#log = log;
    this.#taken = taken;
    this.#shown = this.#lineOf({ read: 0, settled: 0, open: 0 });
  }

  update(progress: SyncProgress): void {
    if (!this.#last) this.#log(`Run ${progress.run}`);
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
    const line = this.#lineOf(this.#last);
    if (line === this.#shown && (waitingFor === undefined || waitingFor === this.#shownWait)) return;
    this.#shown = line;
    this.#shownWait = waitingFor;
    this.#log(line);
    const wait = waitText(this.#last);
    if (wait !== undefined) this.#log(`Waits ${wait}`);
  }

  #lineOf({ read, settled, open }: Pick<SyncProgress, 'read' | 'settled' | 'open'>): string {
    return `${countText(read)} ${this.#taken}, ${countText(settled)} settled, ${countText(open)} open`;
  }
}
