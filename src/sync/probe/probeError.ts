/** The probe cannot be carried out as it was asked for. Nothing was written. */
export class ProbeError extends Error {
  public override readonly name = 'ProbeError';

  public constructor(
    message: string,
    public readonly actions: readonly string[] = [],
  ) {
    super(`${message} Nothing was written.`);
  }
}
