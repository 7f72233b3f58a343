import type { JournalRow } from '../../client/index.js';
import type { GroupEdges, KnownTransaction } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';

/** A transaction as a line of a feed has it. */
export interface FedTransaction extends Transaction {
  /** Hash of its content. */
  readonly content: string;
  readonly feed: string;
  readonly line: number;
  /** Set if it was made of rows at the beginning or the end of the feed. */
  readonly edges?: GroupEdges | undefined;
  /** Whether the mapping takes lines with the same key and content for one transaction. */
  readonly acceptsRepeats: boolean;
}

/** What the three sides say of one ExternalTransactionNumber. */
export interface ComparedNumber {
  readonly number: string;
  /** In the order of the feed, without content that has been overruled since. */
  readonly fed: readonly FedTransaction[];
  readonly known: KnownTransaction | undefined;
  /** Without those that cancel or adjust another one. */
  readonly journals: readonly JournalRow[];
}

/** Whether only the key is known, because it was taken over from the org. */
export function isTakenOver({ feed, content }: KnownTransaction): boolean {
  return feed === undefined && content === undefined;
}

/** Returns the journals that count: failed and cancelled ones only if there is no other. */
export function livingJournals(journals: readonly JournalRow[]): readonly JournalRow[] {
  const living = journals.filter(({ Status }) => Status !== 'Error' && Status !== 'Cancelled');
  return living.length > 0 ? living : journals;
}

export function idsOf(journals: readonly JournalRow[]): string[] {
  return journals.map(({ Id }) => Id).sort();
}
