import { Messages } from '@salesforce/core';
import type { SeedProgress, SeedStage } from '../seed/index.js';
import { countText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.seed.org');

/** Milliseconds between two updates on a terminal, and in a log, where every update is a line. */
const intervals = { terminal: 100, log: 5000 };

export interface StageSpinner {
  status: string | undefined;
  start(action: string): void;
  stop(): void;
}

/** Shows how far a seed is: the stage, and what it has done. */
export class SeedSpinner {
  readonly #spinner: StageSpinner;
  readonly #interval = process.stderr.isTTY ? intervals.terminal : intervals.log;
  #stage: SeedStage | undefined;
  #next = 0;

  constructor(spinner: StageSpinner) {
    this.#spinner = spinner;
  }

  update(progress: SeedProgress): void {
    if (this.#stage !== progress.stage) {
      this.#stage = progress.stage;
      this.#spinner.start(messages.getMessage(`info.begins.${progress.stage}`));
      this.#next = Date.now() + this.#interval;
    }
    if (Date.now() < this.#next) return;
    this.#next = Date.now() + this.#interval;
    this.#spinner.status = textOf(progress);
  }

  stop(): void {
    if (this.#stage !== undefined) this.#spinner.stop();
    this.#stage = undefined;
  }
}

function textOf(progress: SeedProgress): string {
  if (progress.stage === 'program') return `${countText(progress.records)} of ${countText(progress.of)}`;
  if (progress.stage === 'members') return countText(progress.members);
  const { settled, open, waitingUntil } = progress.sync;
  if (waitingUntil === undefined) return `${countText(settled)} of ${countText(settled + open)}`;
  return messages.getMessage('info.waiting', [new Date(waitingUntil).toLocaleTimeString()]);
}
