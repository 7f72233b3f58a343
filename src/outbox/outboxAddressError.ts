/** The address of a shared outbox cannot be one. */
export class OutboxAddressError extends RangeError {
  override readonly name = 'OutboxAddressError';
  readonly actions: readonly string[];

  /** @param shown the address as it was given, without its password */
  constructor(
    reason: string,
    readonly shown: string,
    action: string,
  ) {
    super(`${shown}: ${reason}`);
    this.actions = [action];
  }
}
