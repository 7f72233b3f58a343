import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { fileIdentity } from '../../base/files/fileIdentity.js';
import { inTransaction, openDatabase, pinDatabase } from '../../base/sqlite/sqlite.js';
import { OutboxDamagedError, OutboxTakenError } from '../outboxErrors.js';
import { applyChanges } from '../sqlite/changeRecorder.js';
import { explainOutbox } from '../sqlite/explainOutbox.js';
import { prepareReplica } from '../sqlite/outboxSchema.js';
import { explainCopy, explainCopyNow } from './explainCopy.js';
import { logBeginning } from './outboxLog.js';
import type { LogPosition, OutboxLog, StoredChange } from './outboxLog.js';

/** Bytes of a part of a snapshot. */
const partSize = 1 << 20;
/** Changes that are made in one transaction, and their bytes, so that whatever else this process does goes on soon. */
const changesAtOnce = 500;
const bytesAtOnce = 1 << 18;

/** A whole outbox at one moment, to be read once. */
export interface PinnedReplica extends Disposable {
  content(): AsyncIterable<Uint8Array>;
}

/** A shared outbox in a file of this process. */
export class Replica {
  readonly file: string;
  readonly #folder: string;
  readonly #name: string;
  readonly #signal: AbortSignal | undefined;
  /** The last change that it has. */
  #position: LogPosition | undefined;
  /** Undefined until the log was read once. */
  #identity: string | undefined;

  /**
   * @param name what to call the outbox in errors
   * @param signal ends a reading of the log, which fails then
   */
  constructor(folder: string, name: string, signal?: AbortSignal) {
    this.#folder = folder;
    this.#name = name;
    this.#signal = signal;
    this.file = join(folder, 'outbox.sqlite');
  }

  /** The last change that it has. */
  get position(): LogPosition {
    return this.#position ?? logBeginning;
  }

  /** Number of the last change that it has. */
  get change(): number {
    return this.position.number;
  }

  /** This process has stored a change that it has made in the file itself. */
  advance(epoch: number): void {
    this.#position = { number: this.change + 1, epoch };
  }

  /** What it has is only in a snapshot now. */
  compacted(): void {
    this.#position = { number: this.change, epoch: undefined };
  }

  /**
   * Makes in the file what the log has in addition.
   * @throws {OutboxTakenError} if the log no longer has what followed, or has another history than the file, or if the
   * file is gone
   * @throws {OutboxDamagedError} if the log does not fit together
   * @throws {OutboxDiskError} if the file cannot be written
   */
  catchUp(log: OutboxLog): Promise<void> {
    return explainCopy(this.#name, () => this.#catchUp(log));
  }

  async #catchUp(log: OutboxLog): Promise<void> {
    const waiting: StoredChange[] = [];
    let bytes = 0;
    const signal = this.#signal;
    const isNew = this.#position === undefined;
    const position = await log.read(this.#position, {
      snapshot: async (content) => {
        if (!isNew) throw new OutboxTakenError(this.#name, 'it has changed a lot since it was opened');
        // After a lost connection, the log is read again.
        waiting.length = 0;
        bytes = 0;
        this.#position = undefined;
        await pipeline(Readable.from(content), createGunzip(), createWriteStream(this.file, { mode: 0o600 }), {
          signal,
        });
      },
      change: async (each) => {
        signal?.throwIfAborted();
        if (each.number <= (waiting.at(-1)?.number ?? this.change)) return;
        waiting.push(each);
        bytes += each.patch.length;
        if (waiting.length < changesAtOnce && bytes < bytesAtOnce) return;
        this.#apply(waiting.splice(0));
        bytes = 0;
        await setImmediate();
      },
    });
    if (isNew || waiting.length > 0) this.#apply(waiting);
    this.#position = position;
    if (isNew) this.#identity = fileIdentity(this.file);
  }

  /**
   * Pins the file as it is now.
   * @throws {OutboxDiskError} if the file cannot be opened once more
   */
  pin(): PinnedReplica {
    const name = this.#name;
    const pinned = explainCopyNow(name, () => pinDatabase(this.file));
    const copy = join(this.#folder, 'snapshot.sqlite');
    return {
      content: async function* () {
        rmSync(copy, { force: true });
        try {
          await explainCopy(name, () => pinned.copyTo(copy));
          yield* inParts(createReadStream(copy).pipe(createGzip({ level: 1 })));
        } finally {
          rmSync(copy, { force: true });
        }
      },
      [Symbol.dispose]: () => {
        pinned[Symbol.dispose]();
      },
    };
  }

  #apply(changes: readonly StoredChange[]): void {
    this.#mustBeThere();
    const db = openDatabase(this.file, { explain: explainOutbox(this.#name) });
    try {
      prepareReplica(db, this.#name);
      inTransaction(db, () => {
        for (const change of changes) if (!applyChanges(db, change)) throw this.#damaged(change);
      });
    } finally {
      db.close();
    }
    const last = changes.at(-1);
    if (last) this.#position = { number: last.number, epoch: last.epoch };
  }

  /**
   * Many systems remove what nobody has changed for days from their folder for temporary files. SQLite would make a new
   * file then, and what was in the first one would look as if it had never been.
   */
  #mustBeThere(): void {
    if (this.#identity === undefined || fileIdentity(this.file) === this.#identity) return;
    throw new OutboxTakenError(this.#name, 'somebody has removed its copy on this machine');
  }

  #damaged({ number }: StoredChange): OutboxDamagedError {
    return new OutboxDamagedError(this.#name, `the change ${number} of its log does not follow from the ones before`);
  }
}

async function* inParts(content: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  const waiting: Buffer[] = [];
  let size = 0;
  for await (const bytes of content) {
    waiting.push(bytes);
    size += bytes.length;
    if (size < partSize) continue;
    yield Buffer.concat(waiting.splice(0));
    size = 0;
  }
  yield Buffer.concat(waiting);
}
