/** The org is not set up for a route. */
export class RouteSetupError extends Error {
  override readonly name = 'RouteSetupError';

  constructor(
    message: string,
    /** What to do next. */
    readonly actions: readonly string[],
  ) {
    super(`${message} Nothing was read or sent.`);
  }
}
