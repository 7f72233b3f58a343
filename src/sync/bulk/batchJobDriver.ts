import { shortId } from '../../base/sameId.js';
import type { BatchJobRow, LoyaltyClient } from '../../client/index.js';
import { endedBatchJobs } from '../../contract/bulkJobs.js';
import type { ItemFailure, Outcome } from '../../outbox/index.js';
import { attempt, itemFailure, stopReason } from '../attempt.js';
import type { DeliveryState } from '../deliveryState.js';
import { patientAttempt } from '../patientReads.js';
import type { Patience } from '../patientReads.js';
import type { Held } from '../routes/route.js';
import { pollPauses } from './pollPauses.js';

export interface BatchJobContext {
  readonly state: DeliveryState;
  readonly client: LoyaltyClient;
  readonly programId: string;
  readonly definition: string;
  readonly patience: Patience;
}

const mostTries = 3;

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
   * Returns what became of each journal. What has not run is unknown: it is looked up, and run by its Id.
   * @param since no journal is older, by the org's clock
   */
  async run(held: readonly Held[], since: string): Promise<readonly Outcome[]> {
    if (held.length === 0) return [];
    let failure: ItemFailure | undefined;
    for (let tries = 0; tries < mostTries && !this.#context.state.isOver; tries++) {
      failure = await this.#runOnce();
      const open = await this.#notProcessed(since);
      if (!open) break;
      const isDone = ({ journal }: Held): boolean => !open.has(shortId(journal.Id));
      if (failure && !held.some(isDone)) continue;
      return held.map((each) => (isDone(each) ? doneBy(each) : this.#inDoubt(each, failure)));
    }
    if (failure) this.#context.state.stop(failed(failure));
    return held.map((each) => this.#inDoubt(each, failure));
  }

  /** Returns why the journals may not have run. */
  async #runOnce(): Promise<ItemFailure | undefined> {
    const { client, definition, state } = this.#context;
    await this.#poll(async () => (await client.batchJobs.running(definition)).length === 0 || undefined);
    const barred = await state.mayLeave();
    if (barred) return barred;
    state.requested();
    const started = await attempt(1, () => client.batchJobs.start(definition));
    if ('failure' in started) {
      const { failure } = started;
      const reason = stopReason(failure);
      if (reason) state.stop(reason);
      // It may have begun, or begin within the window. The next try waits until it has ended.
      if (failure.kind === 'unknown') await state.clock.sleep(state.settleWindow, state.signal);
      else state.pace.failed({ base: 2000, atLeast: 0 });
      return itemFailure(failure);
    }
    const job = await this.#poll(async () => ended(await client.batchJobs.find(started.answer)));
    if (!job) return { code: 'BATCH_JOB_IN_DOUBT', message: `The org did not say how the batch job ended.` };
    if (job.Status === 'Completed' || job.Status === 'CompletedWithFailures') return undefined;
    const message = `The batch job ${job.Id} (${definition}) ended as ${job.Status ?? ''}: ${job.ErrorDescription ?? 'no reason'}`;
    return { code: 'BATCH_JOB_FAILED', message };
  }

  /** Asks until there is an answer. Undefined if the run is over before. */
  async #poll<T>(question: () => Promise<T | undefined>): Promise<T | undefined> {
    const { state, patience } = this.#context;
    for (const pause of pollPauses()) {
      const asked = await patientAttempt(patience, question);
      if ('failure' in asked) return undefined;
      if (asked.answer !== undefined) return asked.answer;
      if (state.isOver) return undefined;
      await state.mayLeave();
      await state.clock.sleep(pause, state.signal);
      state.movedOn();
    }
    return undefined;
  }

  async #notProcessed(since: string): Promise<ReadonlySet<string> | undefined> {
    const { client, patience, programId } = this.#context;
    const asked = await patientAttempt(patience, () => client.journals.notProcessed(programId, new Date(since)));
    return 'answer' in asked ? new Set(asked.answer.map(shortId)) : undefined;
  }

  #inDoubt({ item }: Held, failure: ItemFailure | undefined): Outcome {
    return { item, to: 'unknown', until: this.#context.state.clock.monotonic(), ...(failure && { failure }) };
  }
}

function ended(job: BatchJobRow | undefined): BatchJobRow | undefined {
  return job && endedBatchJobs.some((status) => status === job.Status) ? job : undefined;
}

function doneBy({ item, journal }: Held): Outcome {
  return { item, to: 'done', journalId: journal.Id, found: false };
}

function failed({ code, message }: ItemFailure): { code: string; message: string; action: string } {
  const action = 'Resume the run: journals that have not run are then run by their Ids.';
  return { code, message: `The journals are stored, and have not run. ${message}`, action };
}
