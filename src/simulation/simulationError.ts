/** Transactions cannot be run through rules as they are given. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';

  constructor(
    message: string,
    /** Next steps, each a sentence. */
    readonly actions: readonly string[] = [],
  ) {
    super(message);
  }
}
