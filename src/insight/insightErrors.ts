import { namesText } from '../base/text/namesText.js';
import { correctFiles, issuesMessage } from '../base/text/issuesMessage.js';

/** The org ended a bulk query without a result that can be read. */
export class BulkQueryFailedError extends Error {
  override readonly name = 'BulkQueryFailedError';

  constructor(
    readonly jobId: string,
    readonly reason: string,
  ) {
    super(`The bulk query ${jobId} did not end well: ${reason}.`);
  }
}

/** A period that cannot be read. */
export class BadPeriodError extends Error {
  override readonly name = 'BadPeriodError';

  constructor(readonly text: string) {
    super(
      `"${text}" is not a period. Give a month such as 2026-10, a quarter such as 2026-Q3, a year such as 2026, a day ` +
        'such as 2026-10-31, or two days such as 2026-10-01..2026-10-31.',
    );
  }
}

/** A file of who was near that cannot be read whole, or is of another kind. */
export class NearMemoryError extends Error {
  override readonly name = 'NearMemoryError';
}

/** The program has no voucher definition with a name. */
export class UnknownVoucherDefinitionError extends Error {
  override readonly name = 'UnknownVoucherDefinitionError';
  readonly actions: readonly string[];

  constructor(
    readonly definition: string,
    readonly definitions: readonly string[],
  ) {
    super(`The program has no voucher definition "${definition}".`);
    const all = definitions.map((each) => `"${each}"`).join(', ');
    this.actions = [definitions.length === 0 ? 'Create one: the program has none.' : `Use one of ${all}.`];
  }
}

/** All mistakes in a file of goals, events or segments. */
export class ListFileError extends Error {
  override readonly name = 'ListFileError';
  readonly actions: readonly string[];

  /** @param lines one for each mistake, a clause without a full stop */
  constructor(
    readonly file: string,
    subject: string,
    readonly lines: readonly string[],
  ) {
    super(issuesMessage(subject, lines));
    this.actions = [correctFiles([file])];
  }
}

/** A promotion or a type of transaction of an event that the program does not have. */
export class UnknownEventPartError extends Error {
  override readonly name = 'UnknownEventPartError';

  /** @param event its name or days */
  constructor(
    readonly event: string,
    problem: string,
  ) {
    super(`The event ${namesText([event])}: ${problem}`);
  }

  readonly actions = ['Correct the event, then try again.'];
}
