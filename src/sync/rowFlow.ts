/**
 * What a delivery reads while it works. The delivery asks for each stretch when it has nothing else to do, so neither of
 * the two can keep the other from working.
 */
export interface RowFlow {
  /** Whether nothing more will be read. */
  readonly isOver: boolean;
  /** Whether a stretch is being read now. */
  readonly isReading: boolean;
  /**
   * Only for a flow that goes on until it is told to end: the milliseconds after which what was read leaves, even if it
   * does not fill a request.
   */
  readonly flushAfter?: number | undefined;
  /**
   * Only for a flow that goes on until it is told to end: whether it was ended before that, so that what would still
   * have come was turned away.
   */
  readonly isCutOff?: boolean | undefined;
  /** Why something could not be read, if everything else was read on nevertheless. */
  readonly failure?: Error | undefined;
  /**
   * Reads and stores the next stretch. Returns the number of its rows.
   * @throws {Error} if it cannot be read
   */
  readOn(): Promise<number>;
  /** Reads everything, one stretch after the other. */
  readAll(onRows: (rows: number) => void): Promise<void>;
  /**
   * Ends reading after the stretch that is being read. Whoever asked for that stretch gets its error. Can be called
   * again.
   */
  end(): Promise<void>;
  /** Returns whether everything was read, by this process or an earlier one. */
  wasRead(): Promise<boolean>;
}

/** Ends a flow after work with it, also if the work never came to it: somebody may wait for a feed that is in it. */
export async function endingFlow(flow: RowFlow, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await flow.end();
  }
}
