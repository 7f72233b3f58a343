import { isPostgresAddress } from '../outbox/index.js';
import type { OutboxOwner } from '../outbox/index.js';

/** The outbox belongs to another org or program. */
export class OtherOwnerError extends Error {
  override readonly name = 'OtherOwnerError';
  readonly actions: readonly string[];

  constructor(
    readonly outbox: string,
    readonly owner: Pick<OutboxOwner, 'orgId' | 'programId' | 'program'>,
    readonly wanted: Pick<OutboxOwner, 'orgId' | 'programId' | 'program'>,
  ) {
    const where = owner.orgId === wanted.orgId ? '' : `, but for the org ${wanted.orgId}`;
    super(
      `The outbox ${outbox} belongs to the program ${owner.program} (${owner.programId}) of the org ${owner.orgId}. ` +
        `It cannot be used for the program ${wanted.program} (${wanted.programId})${where}.`,
    );
    const how = isPostgresAddress(outbox) ? ', each with its own "outbox=" in the address' : '';
    this.actions = [`Use an outbox for each org and program${how}.`];
  }
}

/** Transactions could not be found again after sending, so a lost answer would double a purchase. */
export class UnreadableKeyError extends Error {
  override readonly name = 'UnreadableKeyError';
  readonly actions = [
    'Give the user read and edit access to ExternalTransactionNumber of the object TransactionJournal.',
  ];

  constructor() {
    super(
      'This user cannot see or filter the field ExternalTransactionNumber of TransactionJournal, which holds the keys. Nothing was sent.',
    );
  }
}

/** The org's field has become shorter than the numbers that an outbox has assigned. */
export class ShorterNumberError extends Error {
  override readonly name = 'ShorterNumberError';
  readonly actions = ['Make the field as long as it was, or go on with a new outbox and source name.'];

  constructor(
    readonly outbox: string,
    readonly before: number,
    readonly now: number,
  ) {
    super(
      `TransactionJournal.ExternalTransactionNumber had ${before} characters when the outbox ${outbox} was made; now ` +
        `it has ${now}, so that what was sent could not be found again. Nothing was sent.`,
    );
  }
}

export class SourceNameError extends Error {
  override readonly name = 'SourceNameError';

  constructor(
    readonly source: string,
    readonly longest: number,
  ) {
    super(
      `The source "${source}" has ${source.length} characters; with the org's field for keys it may have ${longest}. ` +
        'Give it a shorter name.',
    );
  }
}
