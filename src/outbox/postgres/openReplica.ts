import { inTemporaryFolder } from '../sqlite/outboxCopies.js';
import { OutboxTakenError } from '../outboxErrors.js';
import { ChangeRecorder } from '../sqlite/changeRecorder.js';
import { SqliteOutbox } from '../sqlite/sqliteOutbox.js';
import type { ReplicaOptions } from '../sqlite/sqliteOutbox.js';
import type { OutboxLog } from './outboxLog.js';
import { Replica } from './replica.js';

/** An open copy of a shared outbox, and a record of what this process changes in it. */
export class OpenReplica {
  readonly outbox: SqliteOutbox;
  readonly recorder: ChangeRecorder;
  readonly #options: ReplicaOptions;
  readonly #cleanUp: () => void;

  private constructor(
    readonly replica: Replica,
    options: ReplicaOptions,
    cleanUp: () => void,
  ) {
    const { outbox, db } = SqliteOutbox.replica(replica.file, options);
    this.outbox = outbox;
    this.recorder = new ChangeRecorder(db);
    this.#options = options;
    this.#cleanUp = cleanUp;
  }

  /** Reads the log from its beginning. */
  static async open(log: OutboxLog, options: ReplicaOptions): Promise<OpenReplica> {
    return inTemporaryFolder(async (folder, cleanUp) => {
      const replica = new Replica(folder, log.name);
      await replica.catchUp(log);
      return new OpenReplica(replica, options, cleanUp);
    });
  }

  /**
   * Reads what the log has in addition, and opens the file anew, so that nothing in memory is older than that. This
   * object is of no use then. Returns undefined, and changes nothing, if only reading from the beginning helps: the log
   * no longer has what followed, or this process has changed something that it has not stored.
   */
  async followed(log: OutboxLog): Promise<OpenReplica | undefined> {
    if (this.recorder.hasChanges) return undefined;
    try {
      await this.replica.catchUp(log);
    } catch (error) {
      if (error instanceof OutboxTakenError) return undefined;
      throw error;
    }
    await this.outbox.close();
    return new OpenReplica(this.replica, this.#options, this.#cleanUp);
  }

  async close(): Promise<void> {
    await this.outbox.close();
    this.#cleanUp();
  }
}
