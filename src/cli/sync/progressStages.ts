import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { SyncProgress } from '../../sync/index.js';
import { countText, progressText } from '../terminal/terminalText.js';

const stages = ['Read the feed', 'Deliver'] as const;
/** Milliseconds between updates on a terminal. */
const drawInterval = 100;
/** Milliseconds between two lines where nothing can be redrawn. */
const lineInterval = 5000;

export interface SyncStages {
  update(progress: SyncProgress): void;
  stop(): void;
  /** The run has failed. */
  error(): void;
}

interface StageOptions {
  readonly silent: boolean;
  readonly log: (line: string) => void;
  /** Instead of those of a run that reads feeds. */
  readonly stages?: SyncStages | undefined;
}

/** Runs work and shows its progress: redrawn on a terminal, an occasional line elsewhere, nothing in silent mode. */
export async function withStages<T>(
  options: StageOptions,
  run: (onProgress: (progress: SyncProgress) => void) => Promise<T>,
): Promise<T> {
  const stages = stagesFor(options);
  try {
    const result = await run((progress) => {
      stages.update(progress);
    });
    stages.stop();
    return result;
  } catch (error) {
    stages.error();
    throw error;
  }
}

function stagesFor({ silent, log, stages: own }: StageOptions): SyncStages {
  if (silent) return { update: () => undefined, stop: () => undefined, error: () => undefined };
  if (own) return own;
  // MultiStageOutput checks the environment, not the stream, to see whether it can redraw. It would fill the logs of
  // cron jobs.
  return process.stdout.isTTY ? new TerminalStages() : new LineStages(log);
}

class TerminalStages implements SyncStages {
  #isRead = false;
  #last: SyncProgress | undefined;
  #next = 0;
  readonly #output = new MultiStageOutput<Partial<SyncProgress>>({
    jsonEnabled: false,
    stages: [...stages],
    showTitle: false,
    postStagesBlock: [
      { label: 'Rows read', type: 'dynamic-key-value', get: (p) => count(p?.read) },
      { label: 'Delivered', type: 'dynamic-key-value', get: (p) => p && delivered(p) },
      { label: 'Waits', type: 'dynamic-key-value', get: (p) => p && (waitText(p) ?? countText(undefined)) },
    ],
  });

  /** Drawing takes longer than many requests and must not slow them down. */
  update(progress: SyncProgress): void {
    this.#last = { ...progress };
    this.#isRead ||= progress.phase === 'delivery';
    const now = Date.now();
    if (now < this.#next && !waitsLong(progress, now)) return;
    this.#next = now + drawInterval;
    this.#draw();
  }

  stop(): void {
    this.#draw();
    this.#output.stop();
  }

  error(): void {
    this.#draw();
    this.#output.error();
  }

  #draw(): void {
    if (this.#last) this.#output.goto(stages[this.#isRead ? 1 : 0], this.#last);
  }
}

class LineStages implements SyncStages {
  #next = Date.now() + lineInterval;
  #last: SyncProgress | undefined;

  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  update(progress: SyncProgress): void {
    const now = Date.now();
    if (now < this.#next && !waitsLong(progress, now)) {
      if (this.#last) this.#last = { ...progress };
      return;
    }
    this.#next = now + lineInterval;
    this.#say((this.#last = { ...progress }));
  }

  /** Prints a last line, so that a reader of the progress knows that the run has ended. The report follows. */
  stop(): void {
    if (this.#last) this.#say(this.#last);
  }

  #say(progress: SyncProgress): void {
    const { read, settled, waitingUntil } = progress;
    // A bar says nothing until something is settled. In a dry run nothing ever is.
    const end = settled > 0 || waitingUntil !== undefined ? `, delivered ${delivered(progress)}` : '';
    this.#log(`${countText(read)} ${read === 1 ? 'row' : 'rows'} read${end}`);
    const wait = waitText(progress);
    if (wait !== undefined) this.#log(`Waits ${wait}`);
  }

  error(): void {
    // The error follows.
  }
}

/** Tells whether the wait is so long that it must be announced now. */
export function waitsLong({ waitingUntil = 0 }: SyncProgress, now: number): boolean {
  return waitingUntil - now > lineInterval;
}

function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : countText(value);
}

/**
 * A dash while there is nothing to deliver, for example if every row of the feed is already known. While the feed is
 * read, nobody knows how much there will be.
 */
function delivered({ phase, settled = 0, open = 0 }: Partial<SyncProgress>): string {
  if (phase === 'intake') return settled === 0 ? countText(undefined) : countText(settled);
  const total = settled + open;
  if (total === 0) return countText(undefined);
  return `${progressText((settled / total) * 100)} (${countText(settled)} of ${countText(total)})`;
}

const waitReasons = {
  underWay: 'an earlier request may still be under way; then the org is asked',
  earlierProcess:
    'the process before was killed, or this outbox is not the newest, so requests may still arrive (see --settle)',
  org: 'the org is busy or does not answer; then it is asked again',
  locked: 'the org had locked records; then they are sent again',
} as const;

/** Fits one line. What an earlier process may have sent holds everything up, not only what was under way. */
export function waitText({ waitingUntil, waitingFor, open = 0 }: Partial<SyncProgress>): string | undefined {
  if (waitingUntil === undefined || waitingFor === undefined) return undefined;
  const time = new Date(waitingUntil).toLocaleTimeString(undefined, { timeZoneName: 'short' });
  const all = waitingFor === 'earlierProcess' ? ` with all ${countText(open)} open` : '';
  return `until ${time}${all}: ${waitReasons[waitingFor]}.`;
}
