import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Outbox, SourceRecord } from '../../outbox/index.js';
import { StoppedError } from '../attempt.js';
import { freeAt, heldBy } from './heldSource.js';
import type { SourceMarkers, MarkerRow } from './sourceMarker.js';
import type { GuardContext } from './sourceGuard.js';

/** The epoch of a source that this process raises, or has raised. */
export interface SourceTurn {
  readonly source: string;
  readonly epoch: number;
  /** The earlier records, the newest first. */
  readonly before: readonly MarkerRow[];
  /** What the outbox knew about the source before. */
  readonly known: SourceRecord | undefined;
}

export interface SourceTurnsOptions {
  readonly context: GuardContext;
  readonly markers: SourceMarkers;
  /** Whether a source is taken from another process that may be alive. */
  readonly takeOver: boolean;
}

/** Raises the epochs of sources in the org, so that it is this process's turn to send them. */
export class SourceTurns {
  readonly #options: SourceTurnsOptions;
  readonly #turns = new Map<string, SourceTurn>();
  readonly #raised = new Map<string, string>();
  /** Identifies the records of this process. Those of earlier processes of the outbox begin alike. */
  readonly #process = randomUUID().slice(0, 17);

  constructor(options: SourceTurnsOptions) {
    this.#options = options;
  }

  /** Ids of the records that this process has raised, by source. */
  get raised(): ReadonlyMap<string, string> {
    return this.#raised;
  }

  epochOf(source: string): number {
    return this.#turns.get(source)?.epoch ?? 0;
  }

  /**
   * Raises the epoch. If the answer to an insert is lost, the record is recognized by its owner.
   * @throws {StoppedError} if another process holds the source
   */
  async raise(source: string): Promise<SourceTurn> {
    const { context, markers } = this.#options;
    const { sources } = context.outbox;
    const known = await sources.find(source);
    const token = known?.ownerToken ?? randomUUID();
    const rows = await markers.latest(source);
    let turn = this.#turns.get(source);
    if (!turn) {
      const [newest] = rows;
      if (newest) this.#mustBeFree(newest, token);
      turn = { source, epoch: Math.max(newest?.Epoch__c ?? 0, known?.epoch ?? 0) + 1, before: rows, known };
      this.#turns.set(source, turn);
      await sources.remember(source, { ownerToken: token, epoch: turn.epoch });
    }
    const owner = `${ownerPrefix(token, context.outbox)}${this.#process}`;
    const isOurs = (row: MarkerRow): boolean => row.Owner__c === owner && row.Epoch__c === turn.epoch;
    let own = rows.find(isOurs);
    if (!own) {
      await markers.raise(source, turn.epoch, { token: owner, host: `${hostname()} (process ${process.pid})` });
      const [newest, ...others] = await markers.latest(source);
      own = [newest, ...others].find((row) => row !== undefined && isOurs(row));
      if (!own || own !== newest) throw new StoppedError(heldBy(source, newest));
    }
    this.#raised.set(source, own.Id);
    return turn;
  }

  #mustBeFree(newest: MarkerRow, token: string): void {
    const { context, takeOver } = this.#options;
    const now = context.client.orgTime ?? context.clock.now();
    const isOther = newest.Clean_End__c === null && !isOfOutbox(newest, token, context.outbox);
    const isHeld = isOther && now < freeAt(newest);
    if (isHeld && !takeOver) throw new StoppedError(heldBy(newest.Source__c, newest));
  }
}

/** Tells whether a process of this outbox, which has this token, has raised the record. */
export function isOfOutbox({ Owner__c: owner }: MarkerRow, token: string, outbox: Outbox): boolean {
  return owner?.startsWith(ownerPrefix(token, outbox)) === true;
}

/**
 * Returns the first part of the owner of all records of one outbox. A copy has the same token, but it is another file,
 * and the process of the first one may be alive. Of a shared outbox, the lease says that.
 */
function ownerPrefix(token: string, { fileId }: Outbox): string {
  const owner = fileId === undefined ? token : createHash('sha256').update(`${token} ${fileId}`).digest('base64url');
  return owner.slice(0, 18);
}
