import type { LoyaltyClient } from '../client/index.js';
import type { Outbox } from '../outbox/index.js';
import { sourcePrefix } from '../transaction.js';

export { UnknownProgramError } from '../client/index.js';

/** Assumed where the org does not tell: the shorter of the two published lengths. */
const shortestNumber = 40;

/** What must be known of an org before anything is read or sent. */
export interface OrgFacts {
  /** The program's name as the org spells it. */
  readonly program: string;
  readonly programId: string;
  /** Length of TransactionJournal.ExternalTransactionNumber. */
  readonly numberLength: number;
}

/** @throws {UnknownProgramError} when the org has no such program; what the client throws when it cannot ask */
export async function inspectOrg(client: LoyaltyClient, program: string): Promise<OrgFacts> {
  const found = await client.programs.get(program);
  return { program: found.Name, programId: found.Id, numberLength: await readNumberLength(client) };
}

/** Length of TransactionJournal.ExternalTransactionNumber: published as 40 and as 255, so the org is asked. */
export async function readNumberLength(client: LoyaltyClient): Promise<number> {
  const { fields } = await client.sobjects.describe('TransactionJournal');
  return fields.find(({ name }) => name === 'ExternalTransactionNumber')?.length ?? shortestNumber;
}

/** An outbox delivers whatever it holds: in another program its keys would mean other transactions. */
export async function mustBelongTo(outbox: Outbox, { program, programId }: OrgFacts): Promise<void> {
  const earlier = (await outbox.runs.find())?.settings;
  const other = earlier?.['programId'];
  if (typeof other !== 'string' || other === programId) return;
  throw new OtherProgramError(outbox.name, String(earlier?.['program']), program);
}

export class OtherProgramError extends Error {
  public constructor(
    public readonly outbox: string,
    /** The program that the outbox belongs to. */
    public readonly owner: string,
    public readonly program: string,
  ) {
    super(
      `The outbox ${outbox} belongs to the program ${owner} of an org. ` +
        `It cannot be used for ${program === owner ? 'a program of that name in another org' : `the program ${program}`}. ` +
        'Use an outbox for each org and program.',
    );
    this.name = 'OtherProgramError';
  }
}

/**
 * Whether new transactions of a source must be looked up before they are sent: an outbox that has never seen the source
 * may be a fresh disk, while the org has had its transactions for long. One query for the beginning that all numbers of
 * the source share answers that for most first runs. What is found out stays with the outbox, so that a run that was
 * cut off before it had read everything is not forgotten.
 */
export async function mustLookUp(
  client: LoyaltyClient,
  outbox: Outbox,
  { source, numberLength, trustEmptyOutbox }: { source: string; numberLength: number; trustEmptyOutbox: boolean },
): Promise<boolean> {
  const remembered = await outbox.intake.looksUpFirst(source);
  if (remembered !== undefined) return remembered;
  const orgKnowsSource =
    !trustEmptyOutbox && (await client.journals.existsWithPrefix(sourcePrefix(source, numberLength)));
  await outbox.intake.rememberSource(source, orgKnowsSource);
  return orgKnowsSource;
}
