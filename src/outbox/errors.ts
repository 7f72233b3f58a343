/** Another process is delivering from the same outbox. */
export class OutboxBusyError extends Error {
  public constructor(
    public readonly outbox: string,
    public readonly holder: string,
  ) {
    super(`The outbox ${outbox} is in use by ${holder}. Wait until it has ended, or end it, then try again.`);
    this.name = 'OutboxBusyError';
  }
}

/** Nobody has made an outbox there. */
export class NoOutboxError extends Error {
  public constructor(public readonly path: string) {
    super(`There is no outbox at ${path}. Start a run first, or name the file of an earlier run.`);
    this.name = 'NoOutboxError';
  }
}

/** There is a file, but it is something else. */
export class NotAnOutboxError extends Error {
  public constructor(public readonly path: string) {
    super(`The file ${path} is not an outbox, and was left as it is. Name another file.`);
    this.name = 'NotAnOutboxError';
  }
}
