import { Messages } from '@salesforce/core';
import type { CrossedThreshold, MemberProgressOptions } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** Most thresholds in `--json`, as many as records. */
const most = 1000;

/** Shows thresholds that members have crossed: at once, or, on a terminal that is redrawn, when the run has ended. */
export class CrossedLines {
  readonly #thresholds: readonly number[] | undefined;
  readonly #log: (line: string) => void;
  readonly #told: CrossedThreshold[] = [];
  readonly #waiting: string[] = [];
  #isWaiting = process.stdout.isTTY;

  /** @param thresholds undefined if nobody has asked for them */
  constructor(thresholds: readonly number[] | undefined, log: (line: string) => void) {
    this.#thresholds = thresholds;
    this.#log = log;
  }

  /** What the run is asked to do. */
  get memberProgress(): MemberProgressOptions | undefined {
    if (this.#thresholds === undefined) return undefined;
    return { thresholds: this.#thresholds, onThreshold: (crossed) => this.#tell(crossed) };
  }

  /** What `--json` shows of it. */
  get result(): { readonly thresholds?: CrossedThreshold[] } {
    return this.#thresholds === undefined ? {} : { thresholds: this.#told };
  }

  stop(): void {
    this.#isWaiting = false;
    for (const line of this.#waiting.splice(0)) this.#log(line);
  }

  #tell(crossed: CrossedThreshold): void {
    if (this.#told.length < most) this.#told.push(crossed);
    if (this.#isWaiting) this.#waiting.push(lineOf(crossed));
    else this.#log(lineOf(crossed));
  }
}

/** Returns a line such as `HR-0042: 80 % of "Ten cups, one free": 8 of 10, 2 to go`. */
function lineOf({
  member,
  threshold,
  promotionName,
  attributeName,
  completed,
  target,
  toGo,
}: CrossedThreshold): string {
  const what = attributeName === null ? promotionName : `${promotionName}: ${attributeName}`;
  const [done, all, left] = [completed, target ?? 0, toGo ?? 0].map(countText);
  return left === '0'
    ? messages.getMessage('threshold.reached', [member, threshold, what, done, all])
    : messages.getMessage('threshold.crossed', [member, threshold, what, done, all, left]);
}
