import { inTemporaryFolder } from '../sqlite/outboxCopies.js';
import { ChangeRecorder } from '../sqlite/changeRecorder.js';
import { SqliteOutbox } from '../sqlite/sqliteOutbox.js';
import type { ReplicaOptions } from '../sqlite/sqliteOutbox.js';
import type { OutboxLog } from './outboxLog.js';
import { Replica } from './replica.js';

/** An open copy of a shared outbox, and a record of what this process changes in it. */
export class OpenReplica {
  private constructor(
    readonly replica: Replica,
    readonly outbox: SqliteOutbox,
    readonly recorder: ChangeRecorder,
    readonly close: () => Promise<void>,
  ) {}

  /** Reads the log from its beginning. */
  static async open(log: OutboxLog, options: ReplicaOptions): Promise<OpenReplica> {
    return inTemporaryFolder(async (folder, cleanUp) => {
      const replica = new Replica(folder, log.name);
      await replica.catchUp(log);
      const { outbox, db } = SqliteOutbox.replica(replica.file, options);
      return new OpenReplica(replica, outbox, new ChangeRecorder(db), async () => {
        await outbox.close();
        cleanUp();
      });
    });
  }
}
