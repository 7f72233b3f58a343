import { z } from 'zod';
import { shortId } from '../base/sameId.js';
import { LoyaltyApiError } from '../client/index.js';
import type { LoyaltyClient, ProgramRow } from '../client/index.js';
import type { DescribeResult } from '../contract/query.js';
import type { MemberFields } from '../feed/index.js';
import type { Outbox, OutboxOwner } from '../outbox/index.js';
import { longestSourceName } from '../transaction.js';
import { contentShape } from './contentShape.js';
import type { ContentShape } from './contentShape.js';
import { markerObject } from './guard/sourceMarker.js';
import { uniqueFieldLength } from './uniqueField.js';
import { OtherOwnerError, ShorterNumberError, SourceNameError, UnreadableKeyError } from './preflightErrors.js';

/** What must be known about an org before anything is read or sent. */
export interface OrgFacts {
  readonly orgId: string;
  /** The program's name as the org spells it. */
  readonly program: string;
  readonly programId: string;
  /** Length of TransactionJournal.ExternalTransactionNumber. */
  readonly numberLength: number;
  /** TransactionJournal as this user sees it. */
  readonly describe: DescribeResult;
  readonly content: ContentShape;
  /** Content fields that this org has been seen to change. */
  readonly changedFields: readonly string[];
  /** The org's description of members, if the run may enroll some. */
  readonly members?: MemberFields | undefined;
  /** Whether the org has the object of the markers (`force-app/`). */
  readonly hasMarkers: boolean;
  /** The field in which the org refuses a second journal of a key. */
  readonly uniqueField?: { readonly name: string; readonly length: number } | undefined;
}

/** Questions about an org that do not depend on a program, and their answers. */
export interface AskedEarly {
  readonly describe: Promise<DescribeResult>;
  readonly orgId: Promise<string>;
  readonly hasMarkers: Promise<boolean>;
  /** The program, if it was looked up, too. */
  readonly program?: Pick<ProgramRow, 'Id' | 'Name'> | undefined;
}

/** Asks what can be asked before the program is known, because each question may take half a second. */
export function askEarly(client: LoyaltyClient): AskedEarly {
  const asked = {
    describe: client.sobjects.describe('TransactionJournal'),
    orgId: readOrgId(client),
    hasMarkers: hasMarkers(client),
  };
  // Who needs the answers gets the failures.
  void Promise.allSettled(Object.values(asked));
  return asked;
}

/**
 * Reads the facts about an org. The questions leave together; if several fail, the first one in this order is told.
 * @param asked what was asked before
 * @throws {UnknownProgramError} if the org has no such program
 * @throws {UnreadableKeyError} if nothing could be found again in this org
 * @throws {UniqueFieldError} if the org does not keep the field unique
 * @throws {Error} from the client, if it cannot ask
 */
export async function inspectOrg(
  client: LoyaltyClient,
  { program: name, uniqueField }: { readonly program: string; readonly uniqueField?: string | undefined },
  asked: AskedEarly = askEarly(client),
): Promise<OrgFacts> {
  const program = Promise.resolve(asked.program ?? client.programs.get(name));
  const all = [program, asked.describe, asked.orgId, asked.hasMarkers] as const;
  await Promise.allSettled(all);
  const [found, describe, orgId, markers] = await Promise.all(all);
  return {
    orgId,
    program: found.Name,
    programId: found.Id,
    numberLength: numberLengthOf(describe),
    describe,
    content: contentShape(describe),
    changedFields: [],
    hasMarkers: markers,
    uniqueField:
      uniqueField === undefined ? undefined : { name: uniqueField, length: uniqueFieldLength(describe, uniqueField) },
  };
}

async function hasMarkers(client: LoyaltyClient): Promise<boolean> {
  try {
    await client.sobjects.describe(markerObject);
    return true;
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'NOT_FOUND') return false;
    throw error;
  }
}

/**
 * Reads the length of TransactionJournal.ExternalTransactionNumber.
 * @throws {UnreadableKeyError}
 */
export async function readNumberLength(client: LoyaltyClient): Promise<number> {
  return numberLengthOf(await client.sobjects.describe('TransactionJournal'));
}

/** Published as 40 and as 255, so only the org itself can tell. */
function numberLengthOf({ fields }: DescribeResult): number {
  const field = fields.find(({ name }) => name === 'ExternalTransactionNumber');
  if (!field?.length || field['filterable'] === false) throw new UnreadableKeyError();
  return field.length;
}

const OrganizationRow = z.object({ Id: z.string() });

/** Returns the Id of the org, with 15 characters. */
export async function readOrgId(client: LoyaltyClient): Promise<string> {
  const [organization] = await client.query.allRows('SELECT Id FROM Organization', OrganizationRow);
  return shortId(organization?.Id ?? '');
}

/**
 * Checks that the outbox belongs to this org and program. An outbox delivers everything it holds, and elsewhere its
 * keys would mean other transactions. A new outbox belongs to this program from now on. Every key keeps the number that
 * it got with the field's first length.
 * @throws {OtherOwnerError}
 * @throws {ShorterNumberError} if the org's field has become shorter
 */
export async function mustBelongTo(outbox: Outbox, facts: OrgFacts): Promise<OrgFacts> {
  if (!(await outbox.owner())) await outbox.claim(facts);
  // Of a shared outbox, somebody else may have become the owner just before.
  const owner = (await outbox.owner()) ?? facts;
  mustBeOwner(outbox.name, owner, facts);
  return { ...facts, numberLength: owner.numberLength, changedFields: await outbox.changedFields() };
}

/** @throws {Error} as {@link mustBelongTo} */
export function mustBeOwner(outbox: string, owner: OutboxOwner, facts: OrgFacts): void {
  const isSame = owner.orgId === facts.orgId && owner.programId === facts.programId;
  if (!isSame) throw new OtherOwnerError(outbox, owner, facts);
  if (owner.numberLength > facts.numberLength)
    throw new ShorterNumberError(outbox, owner.numberLength, facts.numberLength);
}

/**
 * Checks that the common prefix of a source's numbers fits completely. Otherwise two sources could not be told apart.
 */
export function mustFit(source: string, { numberLength }: OrgFacts): void {
  const longest = longestSourceName(numberLength);
  if (source.length > longest) throw new SourceNameError(source, longest);
}
