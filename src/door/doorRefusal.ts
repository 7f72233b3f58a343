/** A request that the door does not carry out. */
export class DoorRefusal extends Error {
  override readonly name = 'DoorRefusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What is wrong, and what to do. */
export interface DoorError {
  readonly code: string;
  readonly message: string;
}

/** Seconds after which a caller may try again. */
export const retryAfter = { busy: { 'retry-after': '1' }, closed: { 'retry-after': '5' } } as const;
