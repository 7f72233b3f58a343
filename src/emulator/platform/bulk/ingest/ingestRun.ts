import { csvQuoted } from '../../../../base/csv/csvCell.js';
import { OrgRefusal } from '../../../orgRefusal.js';
import type { DailyCalls } from '../../../http/dailyCalls.js';
import { RequestBody } from '../../../http/requestBody.js';
import { Interruption } from '../../../interruptedRequest.js';
import type { Steps } from '../backgroundJobs.js';
import { defect, JobFailure } from '../bulkErrors.js';
import { batchChunks, batchesOf } from './writeChunks.js';
import type { Chunk } from './writeChunks.js';
import { readColumns } from './uploadColumns.js';
import type { Column } from './uploadColumns.js';
import type { IngestJob, IngestRequest } from './ingestJob.js';
import { echo, ResultFile } from '../csv/resultFile.js';
import { bulkRowError } from './bulkRowError.js';
import { RowWriter } from './rowWriter.js';
import { requestAtStart } from './requestAtStart.js';
import { BadRow, UploadedRows } from './uploadedRows.js';
import type { UploadedRow } from './uploadedRows.js';
import { writeChunk } from './writeChunk.js';
import type { ChunkTools } from './writeChunk.js';
import type { RowOutcome } from './writeJobRows.js';

/** The parts of the org that the processing of a job uses. */
export interface RunTools extends ChunkTools {
  /** Number of internal batches in the last 24 hours. */
  readonly batches: DailyCalls;
}

/** Processes a queued job, unless it was aborted or deleted in the meantime. */
export function* runIngest(job: IngestJob, tools: RunTools): Steps {
  if (job.state !== 'UploadComplete') return;
  const run = new IngestRun(job, tools);
  job.begin(() => run.rest());
  try {
    yield* run.steps();
  } catch (error) {
    // The job was aborted or the org ended.
    if (error instanceof Interruption) return;
    const isFailure = error instanceof JobFailure;
    if (job.isInProgress) job.fail(isFailure ? error : new JobFailure('UnknownException', defect));
    if (!isFailure) throw error;
  }
}

class IngestRun {
  readonly #rows: UploadedRows;
  #headerEnd = 0;
  #columns: readonly Column[] = [];
  /** Chunks that are not written yet. Undefined until writing begins. */
  #waiting: Set<Chunk> | undefined;

  readonly #job: IngestJob;
  readonly #tools: RunTools;

  constructor(job: IngestJob, tools: RunTools) {
    this.#job = job;
    this.#tools = tools;

    this.#rows = new UploadedRows(job.upload ?? Buffer.alloc(0), job.request.format);
  }

  /** @throws {JobFailure} when the job fails; if the header or the line endings are the cause, nothing was written */
  *steps(): Steps {
    const { store } = this.#tools;
    const request = requestAtStart(this.#job.request, store.model);
    const { names, end } = this.#rows.readHeader();
    this.#headerEnd = end;
    this.#columns = readColumns(names, { ...request, model: store.model });
    // An empty upload is valid, and the job has nothing to do.
    const key = this.#rows.isEmpty ? undefined : keyOfRows(request, this.#columns);
    const batches: Chunk[][] = [];
    for (const batch of batchesOf(this.#rows, end)) {
      batches.push(batch);
      yield undefined;
    }
    const writer = new RowWriter({
      ...request,
      store,
      columns: this.#columns,
      key,
      writer: { userId: request.userId },
    });
    yield* this.#writeAll(batches, writer);
  }

  /** Returns the header and the unprocessed rows. */
  rest(): readonly Buffer[] {
    if (!this.#waiting) return [this.#rows.raw(0, this.#rows.end)];
    return [{ from: 0, to: this.#headerEnd }, ...this.#waiting].map(({ from, to }) => this.#rows.raw(from, to));
  }

  *#writeAll(batches: readonly Chunk[][], writer: RowWriter): Steps {
    this.#waiting = new Set(batches.flat());
    this.#job.results = {
      successful: new ResultFile(['sf__Id', 'sf__Created'], this.#columns, this.#job.request.format),
      failed: new ResultFile(['sf__Id', 'sf__Error'], this.#columns, this.#job.request.format),
    };
    for (const chunk of this.#admitted(batches)) {
      yield undefined;
      // The job may have been aborted in the meantime.
      if (!this.#job.isInProgress) return;
      yield* this.#write(chunk, writer);
    }
    if (!this.#job.isInProgress) return;
    if (this.#waiting.size > 0) throw new JobFailure('ExceededQuota', 'The batches allowed in 24 hours are used up');
    this.#job.complete();
  }

  /**
   * Batches run in parallel: the first chunk of each, then the second, and so on. Batches over the daily limit do not
   * run.
   */
  *#admitted(batches: readonly (readonly Chunk[])[]): Generator<Chunk> {
    const { batches: usage } = this.#tools;
    const admitted = batches.slice(0, Math.max(0, usage.max - usage.used));
    usage.record(admitted.length);
    for (let index = 0; index < batchChunks; index++) {
      for (const batch of admitted) {
        const chunk = batch[index];
        if (chunk) yield chunk;
      }
    }
  }

  *#write(chunk: Chunk, writer: RowWriter): Steps {
    const job = this.#job;
    const tools = this.#tools;
    const { clock, faults } = tools;
    const started = clock.now();
    const rows = this.#rows.read(chunk.from, chunk.to);
    const body = new RequestBody(this.#rows.raw(chunk.from, chunk.to));
    const fate = faults.ofJob({ path: job.uploadPath, body });
    const outcomes = yield* writeChunk({ job, rows, writer, fate }, tools);
    this.#waiting?.delete(chunk);
    job.activeTime += clock.now() - started;
    this.#note(rows, outcomes, writer);
  }

  #note(rows: readonly UploadedRow[], outcomes: readonly RowOutcome[], writer: RowWriter): void {
    const { delimiter } = this.#job.request.format;
    const good: string[] = [];
    const bad: string[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const row = rows[index] ?? [];
      const cells = row instanceof BadRow ? row.cells : row;
      const own = echo(cells, this.#columns, delimiter);
      if (outcome instanceof OrgRefusal) {
        const id = `"${writer.existingId(cells)}"`;
        bad.push(`${id}${delimiter}${csvQuoted(bulkRowError(outcome, cells, this.#columns))}${own}`);
      } else good.push(`"${outcome.id}"${delimiter}"${outcome.created}"${own}`);
    }
    this.#job.results?.successful.add(good);
    this.#job.results?.failed.add(bad);
    this.#job.processed += outcomes.length;
    this.#job.failed += bad.length;
  }
}

/**
 * Returns the field that identifies the rows of the job.
 *
 * @throws {JobFailure} when the upload has no column for it
 */
function keyOfRows(
  { operation, type, externalId }: IngestRequest,
  columns: readonly Column[],
): Column['field'] | undefined {
  if (operation === 'insert') return undefined;
  const isDeletion = operation === 'delete' || operation === 'hardDelete';
  if (isDeletion && columns.some(({ field, parent }) => parent !== undefined || field.name !== 'Id')) {
    throw new JobFailure('InvalidBatch', `The '${operation}' batch must contain only ids`);
  }
  const key = operation === 'upsert' ? externalId : type.field('Id');
  const hasColumn = columns.some(({ field, parent }) => field === key && !parent);
  if (hasColumn || !key || (operation === 'upsert' && key.name === 'Id')) return key;
  throw new JobFailure('InvalidBatch', `The '${operation}' batch must contain the column '${key.name}'`);
}
