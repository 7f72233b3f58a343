import { OutboxTakenError } from '../outboxErrors.js';
import { ChangeRecorder } from '../sqlite/changeRecorder.js';
import type { RecordedChanges } from '../sqlite/changeRecorder.js';
import { SqliteOutbox } from '../sqlite/sqliteOutbox.js';
import type { ReplicaOptions } from '../sqlite/sqliteOutbox.js';
import { inTemporaryFolder } from '../sqlite/temporaryFolder.js';
import { explainCopy } from './explainCopy.js';
import type { OutboxLog } from './outboxLog.js';
import { Replica } from './replica.js';

/** An open copy of a shared outbox, and a record of what this process changes in it. */
export class OpenReplica {
  readonly outbox: SqliteOutbox;
  readonly #recorder: ChangeRecorder;
  readonly #options: ReplicaOptions;
  readonly #cleanUp: () => void;
  #change: number;
  #isStoring = false;

  private constructor(
    readonly replica: Replica,
    options: ReplicaOptions,
    cleanUp: () => void,
  ) {
    const { outbox, db } = SqliteOutbox.replica(replica.file, options);
    this.outbox = outbox;
    this.#recorder = new ChangeRecorder(db);
    this.#options = options;
    this.#cleanUp = cleanUp;
    this.#change = replica.change;
  }

  /** Number of the last change of the log that it has, in memory too. */
  get change(): number {
    return this.#change;
  }

  /** Whether this process has changed something that it has not stored yet. */
  get hasChanges(): boolean {
    return this.#recorder.hasChanges;
  }

  /** Whether it may have something that the log does not have, because that was not stored, or nobody knows whether. */
  get isAhead(): boolean {
    return this.#isStoring || this.hasChanges;
  }

  /** Whether it has all of a log with this last change, and nothing else. */
  isAt(change: number): boolean {
    return this.#change === change && !this.isAhead;
  }

  /** Returns what this process has changed, to be stored in the log. */
  take(): RecordedChanges {
    this.#isStoring = true;
    return this.#recorder.take();
  }

  /** What was taken is in the log, as its next change. */
  stored(): void {
    this.replica.advance();
    this.#change = this.replica.change;
    this.#isStoring = false;
  }

  /**
   * Reads the log from its beginning.
   * @param signal ends this and every later reading of the log, which fails then
   */
  static async open(log: OutboxLog, options: ReplicaOptions, signal?: AbortSignal): Promise<OpenReplica> {
    return explainCopy(log.name, () =>
      inTemporaryFolder(async (folder, cleanUp) => {
        const replica = new Replica(folder, log.name, signal);
        await replica.catchUp(log);
        return new OpenReplica(replica, options, cleanUp);
      }),
    );
  }

  /**
   * Reads what the log has in addition, and opens the file anew, so that nothing in memory is older than that. Returns
   * this object if nothing was new. Otherwise returns a new one; this one is closed. Returns undefined, and changes
   * nothing, if only reading from the beginning helps: the log no longer has what followed, or this copy may have
   * something that the log does not have.
   */
  async followed(log: OutboxLog): Promise<OpenReplica | undefined> {
    if (this.isAhead) return undefined;
    try {
      await this.replica.catchUp(log);
    } catch (error) {
      if (error instanceof OutboxTakenError) return undefined;
      throw error;
    }
    if (this.isAt(this.replica.change)) return this;
    await this.outbox.close();
    return new OpenReplica(this.replica, this.#options, this.#cleanUp);
  }

  async close(): Promise<void> {
    await this.outbox.close();
    this.#cleanUp();
  }
}
