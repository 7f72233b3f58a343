import { isSameId } from '../../base/sameId.js';
import type { JournalRow } from '../../client/index.js';
import type { KnownTransaction } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import { differingFields } from '../contentShape.js';
import type { ContentShape } from '../contentShape.js';
import { idsOf, isTakenOver, livingJournals } from './comparedSides.js';
import type { ComparedNumber, FedTransaction } from './comparedSides.js';
import { fieldDifferences } from './contentDifferences.js';
import type { Difference, DifferenceStatus } from './difference.js';
import type { HashedContent } from './hashedContent.js';

/** What is known of the org while numbers are compared. */
export interface JudgingContext {
  readonly shape: ContentShape;
  /** Content fields that the org changes when it stores a journal. They are not compared. */
  readonly changedFields: ReadonlySet<string>;
  readonly hashes: HashedContent;
  /** Returns whether the journal belongs to the member with this number, also after a merge. */
  readonly isOfMember: (journal: JournalRow, member: string) => boolean;
}

/** Compares what feed, outbox and org say of one number. */
export function judgeNumber(compared: ComparedNumber, context: JudgingContext): Difference[] {
  const { fed, known, journals } = compared;
  const [first] = fed;
  if (known) return [...feedDifferences(compared), ...judgeKnown(known, { first, journals }, context)];
  if (first) return [...feedDifferences(compared), ...judgeUnread(first, journals, context)];
  return judgeStranger(compared);
}

function feedDifferences({ fed: [first, ...others], known, journals }: ComparedNumber): Difference[] {
  if (!first) return [];
  const again = others.flatMap((line): Difference[] => {
    const isSame = line.content === first.content;
    const where = `${first.feed}, line ${first.line}`;
    if (isSplit(first, line)) {
      const message = `Looks like a part of the group that is also in ${where}: put the lines of a group into one file.`;
      return [differenceOf(line, isSame ? 'repeated' : 'conflictInFeed', { message })];
    }
    // The same transaction again in another file is no surprise: two exports may overlap.
    if (isSame && (line.acceptsRepeats || line.feed !== first.feed)) return [];
    return isSame
      ? [differenceOf(line, 'repeated', { message: `Has the key and the content of an earlier line: ${where}.` })]
      : [
          differenceOf(line, 'conflictInFeed', {
            message: `Has the key of an earlier line with another content: ${where}.`,
          }),
        ];
  });
  if (known?.content === undefined || fed(first, others, known.content)) return again;
  const message = 'The outbox has another content under this key: the feed was corrected, or the key was used twice.';
  return [...again, differenceOf(first, 'otherInOutbox', { message, journals: idsOf(journals) })];
}

/** Whether one feed ends with a group with which the other begins. */
function isSplit(one: FedTransaction, other: FedTransaction): boolean {
  if (one.feed === other.feed || !one.edges || !other.edges) return false;
  return (one.edges.last && other.edges.first) || (one.edges.first && other.edges.last);
}

/** Whether any line has the content that the outbox has. */
function fed(first: FedTransaction, others: readonly FedTransaction[], content: string): boolean {
  return [first, ...others].some((line) => line.content === content);
}

/** A transaction of the feed that the outbox does not know. */
function judgeUnread(first: FedTransaction, journals: readonly JournalRow[], context: JudgingContext): Difference[] {
  const ids = idsOf(journals);
  const living = livingJournals(journals);
  const [journal, ...others] = living;
  const org = ids.length === 0 ? 'The org does not have it, either' : `The org has it as ${ids.join(', ')}`;
  const message = `The outbox does not know it: the row was never read, or by another outbox. ${org}.`;
  const unread = differenceOf(first, 'notInOutbox', { message, journals: ids });
  if (!journal) return [unread];
  if (others.length > 0) return [unread, doubled(first, living)];
  return [unread, ...contentOf(first, first.journal, journal, context)];
}

function judgeKnown(
  known: KnownTransaction,
  { first, journals }: { readonly first: FedTransaction | undefined; readonly journals: readonly JournalRow[] },
  context: JudgingContext,
): Difference[] {
  const living = livingJournals(journals);
  if (known.state !== 'done') return judgeNotDone(known, living);
  const [journal, ...others] = living;
  if (!journal && known.isIncrement) return [];
  if (!journal) {
    const was =
      known.journalId === undefined ? '' : ` It was ${known.journalId}: somebody deleted it or changed its key.`;
    return [
      differenceOf(known, 'notInOrg', { message: `The outbox has it as done, but the org has no such journal.${was}` }),
    ];
  }
  if (others.length > 0) return [doubled(known, living)];
  return [
    ...judgeStatus(known, journal),
    ...judgeIdentity(known, journal),
    ...judgeContent(known, { first, journal }, context),
  ];
}

/**
 * Of a key that was taken over from the org, only the feed tells the content. If a person has decided that the org's
 * content is right, it is.
 */
function judgeContent(
  known: KnownTransaction,
  { first, journal }: { readonly first: FedTransaction | undefined; readonly journal: JournalRow },
  context: JudgingContext,
): Difference[] {
  if (isTakenOver(known)) return first ? contentOf(first, first.journal, journal, context) : [];
  if (known.content === undefined) return [];
  const fields = first?.content === known.content ? first.journal : known.journal;
  return contentOf(known, fields, journal, context);
}

/** What the outbox itself has not done. */
function judgeNotDone(known: KnownTransaction, living: readonly JournalRow[]): Difference[] {
  const { state, code, message: reason } = known;
  const journals = idsOf(living);
  const said = code === undefined ? '' : ` ${code}: ${reason ?? ''}`;
  const is = (status: DifferenceStatus, message: string): Difference[] => [
    differenceOf(known, status, { message, journals }),
  ];
  switch (state) {
    case 'doubled':
      return [doubled(known, living)];
    case 'parked':
    case 'conflictInOrg':
      return is(state, `A person has to decide.${said}`);
    case 'refused': {
      const processed = living.filter(({ Status }) => Status === 'Processed');
      if (processed.length === 0) return is('refused', `The org does not have it.${said}`);
      return is(
        'inOrgAnyway',
        `The outbox has it as refused, but the org has run it: ${idsOf(processed).join(', ')}.${said}`,
      );
    }
    default: {
      const org = living.length > 0 ? `the org has it already: ${journals.join(', ')}` : 'the org does not have it yet';
      return is('open', `The outbox has it as ${state}, and ${org}. "sync resume" goes on.${said}`);
    }
  }
}

function judgeStatus(known: KnownTransaction, { Id, Status, ErrorDescription }: JournalRow): Difference[] {
  const is = (status: DifferenceStatus, message: string): Difference[] => [
    differenceOf(known, status, { message, journals: [Id] }),
  ];
  switch (Status) {
    case 'Processed':
      return [];
    case 'Cancelled':
      return known.isCancelled ? [] : is('cancelled', `The org's journal ${Id} has been cancelled since.`);
    case 'Pending':
      return is('notRun', `The org's journal ${Id} is Pending: it has moved no points.`);
    case 'Error':
      return is('failed', `The org's journal ${Id} has failed: ${ErrorDescription ?? 'the org gives no reason.'}`);
    default:
      return is('status', `The org's journal ${Id} has the status ${Status ?? 'null'}.`);
  }
}

function judgeIdentity(known: KnownTransaction, { Id }: JournalRow): Difference[] {
  if (known.journalId === undefined || isSameId(known.journalId, Id)) return [];
  const message = `The org confirmed the journal ${known.journalId}, but has ${Id} now.`;
  return [differenceOf(known, 'otherJournal', { message, journals: [Id], expected: known.journalId, found: Id })];
}

/** @param fields what was sent; if that is not known any more, its hash is compared */
function contentOf(
  transaction: KnownTransaction | FedTransaction,
  fields: Transaction['journal'] | undefined,
  journal: JournalRow,
  { shape, changedFields, hashes, isOfMember }: JudgingContext,
): Difference[] {
  const { member, content } = transaction;
  const journals = [journal.Id];
  const isMember = !shape.field('MemberId') || isOfMember(journal, member);
  const found = journal.Member?.MembershipNumber ?? journal.MemberId ?? undefined;
  const message = `The org's journal ${journal.Id} is of the member ${found ?? 'none'}, not ${member}.`;
  const others = isMember ? [] : [differenceOf(transaction, 'member', { message, journals, expected: member, found })];
  if (fields === undefined) {
    if (changedFields.size > 0 || content === undefined || hashes.isSame(content, member, journal)) return others;
    const other =
      `The org's journal ${journal.Id} has another date, type, amount, quantity or distance. The outbox has only a hash ` +
      'of what was sent: give the feed and its mapping to see which.';
    return [...others, differenceOf(transaction, 'content', { message: other, journals })];
  }
  const names = differingFields({ journal: { ...fields } }, journal, shape).filter((name) => !changedFields.has(name));
  const differing = fieldDifferences(names, fields, journal).map((difference) => {
    const { status, noun, expected } = difference;
    const told = `The org's journal ${journal.Id} has the ${noun} ${difference.found ?? 'none'}, not ${expected}.`;
    return differenceOf(transaction, status, { message: told, journals, expected, found: difference.found });
  });
  return [...others, ...differing];
}

function doubled(transaction: KnownTransaction | FedTransaction, living: readonly JournalRow[]): Difference {
  const journals = idsOf(living);
  const message =
    journals.length > 1
      ? `The org has ${journals.length} journals of it: ${journals.join(', ')}. Cancel or delete all but one there.`
      : 'The org had several journals of it. Run "sync retry" with --key and this key.';
  return differenceOf(transaction, 'doubled', { message, journals });
}

/** Journals that neither the feed nor the outbox know. */
function judgeStranger({ number, journals }: ComparedNumber): Difference[] {
  return journals.map((journal) => ({
    key: number,
    status: 'onlyInOrg',
    member: journal.Member?.MembershipNumber ?? undefined,
    journals: [journal.Id],
    message: `The org has the journal ${journal.Id} under a key of this source that the outbox does not know.`,
  }));
}

type Told = Pick<Difference, 'message' | 'expected' | 'found'> & { readonly journals?: readonly string[] };

function differenceOf(
  transaction: KnownTransaction | FedTransaction,
  status: DifferenceStatus,
  told: Told,
): Difference {
  const { key, member, feed, line } = transaction;
  return { key, status, member, feed, line, journals: [], ...told };
}
