import { shortId } from '../../base/sameId.js';
import type { BatchJobRow, LoyaltyClient } from '../../client/index.js';
import { endedBatchJobs } from '../../contract/bulkJobs.js';
import type { ItemFailure, StopReason } from '../../outbox/index.js';
import { attempt, itemFailure, stopReason, waitAfter } from '../attempt.js';
import type { Failure } from '../attempt.js';
import type { DeliveryState } from '../deliveryState.js';
import { patientAttempt } from '../patientReads.js';
import type { Patience } from '../patientReads.js';
import { PollPauses } from '../../client/index.js';

export interface BatchJobContext {
  readonly state: DeliveryState;
  readonly client: LoyaltyClient;
  readonly programId: string;
  readonly definition: string;
  readonly patience: Patience;
}

const mostTries = 3;

/** Journals that an ingest job has stored. */
export interface StoredJournals {
  readonly count: number;
  ids(): Promise<Iterable<string>>;
}

/** What the batch job has run. */
export interface Ran {
  readonly hasRun: (journalId: string) => boolean;
  /** Whether nothing is left. */
  readonly isAll?: boolean;
  /** Why some may not have run. */
  readonly failure?: ItemFailure | undefined;
  /** The run ended while a batch job was running, or may have been: nothing else may run these journals meanwhile. */
  readonly isUnderWay?: boolean;
}

const all: Ran = { hasRun: () => true, isAll: true };

/** What is to be run. */
interface JournalsToRun {
  readonly programId: string;
  /** No journal is older, by the org's clock. */
  readonly since: Date;
  readonly journals: number;
}

/**
 * Runs Pending journals by the org's batch job, and then asks which of them have not run. What counts is the status of
 * the journals and not that of the job, so a job can be started again: it takes Pending journals only, and none is
 * started while another one runs.
 */
export class BatchJobDriver {
  readonly #context: BatchJobContext;

  constructor(context: BatchJobContext) {
    this.#context = context;
  }

  /**
   * What has not run is in doubt: it is to be looked up, and run by its Id.
   * @param since no journal is older, by the org's clock
   */
  async run(journals: StoredJournals, since: string): Promise<Ran> {
    if (journals.count === 0) return all;
    let failure: ItemFailure | undefined;
    let isUnderWay = false;
    const scope = { programId: this.#context.programId, since: new Date(since), journals: journals.count };
    const isOver = (): boolean => this.#context.state.isOver;
    for (let tries = 0; tries < mostTries && !isOver(); tries++) {
      const ran = await this.#runOnce(scope);
      if (ran === 'all') return all;
      failure = ran.failure;
      isUnderWay = ran.isUnderWay === true;
      if (isUnderWay && isOver()) break;
      const open = await this.#notProcessed(scope);
      if (!open) break;
      const hasRun = (journalId: string): boolean => !open.has(shortId(journalId));
      const ids = Iterator.from(await journals.ids());
      // The next try waits for the end of a job that may still run what is left.
      if (failure && !(isUnderWay ? ids.every(hasRun) : ids.some(hasRun))) continue;
      return { hasRun, failure, isAll: open.size === 0 };
    }
    if (failure) this.#context.state.stop(isUnderWay ? leftRunning(failure) : failed(failure));
    return { hasRun: () => false, failure, isUnderWay };
  }

  /** Returns `all` if all journals have run, otherwise why they may not have. */
  async #runOnce(scope: JournalsToRun): Promise<Omit<Ran, 'hasRun'> | 'all'> {
    const { client, definition, state } = this.#context;
    const isFree = async () => (await client.batchJobs.running(definition)).length === 0;
    const unanswered = await this.#poll(new PollPauses(0), isFree);
    if (unanswered) return { failure: unanswered };
    if (state.isOver) return { failure: notStarted, isUnderWay: true };
    const barred = await state.mayLeave();
    if (barred) return { failure: barred };
    state.requested();
    const started = await attempt(1, () => client.batchJobs.start(definition));
    if ('failure' in started) {
      const { failure } = started;
      const reason = stopReason(failure);
      if (reason) state.stop(reason);
      // It may have begun, or begin within the window. The next try waits until it has ended.
      if (failure.kind === 'unknown') await state.clock.sleep(state.settleWindow, state.signal);
      else await this.#rest(failure);
      return { failure: itemFailure(failure), isUnderWay: failure.kind === 'unknown' };
    }
    const ended = await this.#untilEnd(started.answer, scope);
    if (ended === 'all') return 'all';
    if (!ended) return { failure: inDoubt, isUnderWay: true };
    if (ended.Status === 'Completed' || ended.Status === 'CompletedWithFailures') return {};
    const message = `The batch job ${ended.Id} (${definition}) ended as ${ended.Status ?? ''}: ${ended.ErrorDescription ?? 'no reason'}`;
    return { failure: { code: 'BATCH_JOB_FAILED', message } };
  }

  /** Waits until another try makes sense, at most as long as the run waits for an answer. */
  async #rest(failure: Failure): Promise<void> {
    const { state, patience } = this.#context;
    state.pace.failed(waitAfter(failure));
    const pause = Math.min(state.pace.quietUntil - state.clock.monotonic(), patience.wait);
    if (!state.isOver) await state.clock.sleep(pause, state.signal);
  }

  /** Waits until the job has ended, or has run everything. Undefined if the run is over before. */
  async #untilEnd(id: string, scope: JournalsToRun): Promise<BatchJobRow | 'all' | undefined> {
    const { client, state } = this.#context;
    const pauses = new PollPauses(scope.journals);
    await state.clock.sleep(pauses.next(), state.signal);
    let found: BatchJobRow | 'all' | undefined;
    await this.#poll(pauses, async () => {
      const { job, left } = await client.batchJobs.progress(id, scope);
      if (left === 0) found = 'all';
      else if (job && endedBatchJobs.some((status) => status === job.Status)) found = job;
      if (found === undefined && left !== undefined) return 1 - left / scope.journals;
      return found !== undefined;
    });
    return found;
  }

  /**
   * Asks until the answer is true, or the run is over. An answer may also be the share of what is done. Returns why there
   * was none.
   */
  async #poll(pauses: PollPauses, question: () => Promise<boolean | number>): Promise<ItemFailure | undefined> {
    const { state, patience } = this.#context;
    for (;;) {
      const asked = await patientAttempt(patience, question);
      if ('failure' in asked) return itemFailure(asked.failure);
      if (asked.answer === true || state.isOver) return undefined;
      // Renews the turn of this process. If it is lost, this stops the run, or throws for a lost outbox.
      await state.mayLeave();
      await state.clock.sleep(pauses.next(Number(asked.answer)), state.signal);
      state.movedOn();
    }
  }

  async #notProcessed({ programId, since }: JournalsToRun): Promise<ReadonlySet<string> | undefined> {
    const { client, patience } = this.#context;
    const asked = await patientAttempt(patience, () => client.journals.notProcessed(programId, since));
    return 'answer' in asked ? new Set(asked.answer.map(shortId)) : undefined;
  }
}

const inDoubt: ItemFailure = {
  code: 'BATCH_JOB_IN_DOUBT',
  message: 'The org did not say how the batch job ended.',
};
const notStarted: ItemFailure = {
  code: 'BATCH_JOB_NOT_STARTED',
  message: 'The run ended before the batch job could be started.',
};

function leftRunning({ code, message }: ItemFailure): StopReason {
  const action = 'Resume the run: it waits until no batch job of this name runs, before it runs anything.';
  return { code, message: `The journals are stored, and may not have run yet. ${message}`, action };
}

function failed({ code, message }: ItemFailure): StopReason {
  const action = 'Resume the run: journals that have not run are then run by their Ids.';
  return { code, message: `The journals are stored, and have not run. ${message}`, action };
}
