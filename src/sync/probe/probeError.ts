/** The probe cannot be carried out as requested. Nothing was written. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';

  constructor(
    message: string,
    readonly actions: readonly string[] = [],
  ) {
    super(`${message} Nothing was written.`);
  }
}
