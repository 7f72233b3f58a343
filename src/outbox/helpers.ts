/**
 * A request, or the answer to one, as it is stored for another process. What it means is known to the sync room alone.
 */
export interface RelayedText {
  /** JSON. */
  readonly head: string;
  /** Is stored as it is, because it is long. */
  readonly body: string;
}

/** Machines that send requests for the one that delivers from a shared outbox. */
export interface Helpers {
  /** How many requests all of them together can have in progress. It changes as machines come and go. */
  readonly connections: number;
  /** Whether one of them can send another request now. */
  readonly hasRoom: boolean;
  /**
   * Has one of them send a request, and returns its answer. Whoever sends it asks right before whether this process still
   * delivers from the outbox, and sends nothing if not.
   * @param limit milliseconds from now, after which it must not be sent any more, and no answer is waited for
   * @throws {HelperError} if there is no answer
   * @throws {OutboxTakenError} if another process delivers from the outbox; nothing is sent
   * @throws {OutboxDatabaseError} if the database cannot be used; nothing is sent
   */
  relay(request: RelayedText, limit: number): Promise<HelperAnswer>;
}

export interface HelperAnswer extends RelayedText {
  /** Gives this machine nothing to send for a while, because it cannot do so at present. */
  rest(): void;
}

/** A machine that was to send a request has not answered. */
export class HelperError extends Error {
  override readonly name = 'HelperError';

  /** @param maySend whether it may have sent the request, or may still do so within its time limit */
  constructor(
    message: string,
    readonly maySend: boolean,
  ) {
    super(message);
  }
}

/** A request that another process wants to be sent. */
export interface OfferedRequest extends RelayedText {
  readonly id: string;
  /** Milliseconds from `began`, after which it must not be sent any more. */
  readonly limit: number;
  /** When it was offered, or a little earlier, by the monotonic clock of this process. */
  readonly began: number;
}
