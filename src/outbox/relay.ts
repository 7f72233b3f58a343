/** A request, or the answer to one, as it is stored for another process. What it means is known to the sync room alone. */
export interface RelayedText {
  /** JSON. */
  readonly head: string;
  /** Mostly JSON. In any other text, characters that are not ASCII may come out escaped. */
  readonly body: string;
}

/** Standbys of a shared outbox that send requests for the process that delivers. */
export interface Relay {
  /** How many requests all of them together can have in progress. It changes as standbys come and go. */
  readonly connections: number;
  /** Whether one of them can send another request now. */
  readonly hasRoom: boolean;
  /**
   * Has a standby send a request, and returns its answer. Whoever sends it asks right before whether this process still
   * delivers from the outbox, and sends nothing if not.
   * @param limit milliseconds from when the request is stored, after which it must not be sent any more
   * @throws {RelayError} if there is no answer, also because another process delivers from the outbox, or the database
   *   cannot be used
   */
  send(request: RelayedText, limit: number): Promise<RelayAnswer>;
}

export interface RelayAnswer extends RelayedText {
  /**
   * Says how this standby does. One that cannot send at present, or has failed several times in a row, gets nothing to
   * send for a while.
   */
  rate(how: 'works' | 'fails' | 'cannot'): void;
}

/** A standby that was to send a request has not answered. */
export class RelayError extends Error {
  override readonly name = 'RelayError';

  /** @param maySend whether it may have sent the request, or may still do so within the time limit */
  constructor(
    message: string,
    readonly maySend: boolean,
  ) {
    super(message);
  }
}

/** A request that the process that delivers offers to this one. */
export interface OfferedRequest extends RelayedText {
  readonly id: string;
  /** Milliseconds from `began`, after which it must not be sent any more. */
  readonly limit: number;
  /** When it was offered, or a little earlier, by the monotonic clock of this process. */
  readonly began: number;
  /**
   * By the same clock: afterwards it must not be sent, because the lease may have ended, or what was read about it is too
   * old.
   */
  readonly leavesBefore: number;
}
