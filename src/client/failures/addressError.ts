/** A configured address cannot be used, or must not be. Nothing was sent to it. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
  /** What to do about it. */
  readonly actions: readonly string[];

  constructor(message: string, toDo: string) {
    super(message);
    this.actions = [toDo];
  }

  get toDo(): string {
    return this.actions.join(' ');
  }
}
