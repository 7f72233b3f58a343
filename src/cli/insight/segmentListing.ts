import type { LoyaltyClient } from '../../client/index.js';
import { requireContactFields, segmentMembers, SegmentRows, withNames } from '../../insight/index.js';
import type {
  DescribedMember,
  FeatureWindows,
  InsightCache,
  ExportFormat,
  SegmentDefinition,
  SegmentMember,
} from '../../insight/index.js';
import { withinRange } from '../feedFlags.js';
import { writeLines } from '../generatedFile.js';
import type { ListSegmentsResult } from '../results/segmentResults.js';

/** Whose members are listed, from where, and what of them. */
export interface SegmentListing {
  readonly client: LoyaltyClient;
  readonly programId: string;
  readonly cache: InsightCache;
  /** Undefined for no segment: then there are no members. */
  readonly segment: SegmentDefinition | undefined;
  readonly windows: FeatureWindows;
  readonly withContact: boolean;
  readonly contactFields: readonly string[];
  readonly onlyConsenting: boolean;
}

type ListedMembers = Pick<ListSegmentsResult, 'members'> & {
  readonly counts: Pick<ListSegmentsResult['counts'], 'members' | 'unwilling' | 'listed'>;
};
type Counts = { -readonly [K in keyof ListedMembers['counts']]: number };

export interface SegmentTarget {
  /** Most members to return. */
  readonly limit: number;
  /** File for all members. Then none is returned. */
  readonly file: string | undefined;
  readonly format: ExportFormat;
  readonly signal: AbortSignal;
}

/**
 * Returns the first members of a segment, or writes all of them to a file, and counts them. Memory holds those that are
 * returned, or one batch.
 * @throws {Error} from the file system
 * @throws {SfError} for a name that no field of a contact can have
 */
export async function listSegmentMembers(listing: SegmentListing, target: SegmentTarget): Promise<ListedMembers> {
  const counts = { members: 0, unwilling: 0, listed: 0 };
  const { segment, windows, withContact, contactFields } = listing;
  if (segment === undefined) return { members: [], counts };
  withinRange(() => requireContactFields(contactFields));
  const wanted = wantedMembers({ ...listing, segment }, counts);
  if (target.file === undefined) {
    const first = firstOf(wanted, target.limit);
    const members = await Array.fromAsync(described(listing, first), toRecord);
    return { members, counts: { ...counts, listed: members.length } };
  }
  const { format, file, signal } = target;
  const rows = new SegmentRows({ format, segment: segment.name, windows, withContact, contactFields });
  await writeLines(file, linesOf(rows, described(listing, wanted)), signal);
  return { members: [], counts };
}

/** Goes through all of them, so that they are counted. */
function firstOf(members: Iterable<SegmentMember>, limit: number): SegmentMember[] {
  const first: SegmentMember[] = [];
  for (const member of members) if (first.length < limit) first.push(member);
  return first;
}

async function* linesOf(
  rows: SegmentRows,
  members: Iterable<DescribedMember> | AsyncIterable<DescribedMember>,
): AsyncGenerator<string> {
  yield rows.header;
  for await (const member of members) yield rows.line(member);
}

function* wantedMembers(
  { cache, segment, windows, onlyConsenting }: SegmentListing & { readonly segment: SegmentDefinition },
  counts: Counts,
): Generator<SegmentMember> {
  for (const member of segmentMembers(cache, segment, windows)) {
    counts.members += 1;
    if (onlyConsenting && member.features['receivesPromotions'] !== true) counts.unwilling += 1;
    else {
      counts.listed += 1;
      yield member;
    }
  }
}

function described(
  { client, programId, withContact, contactFields }: SegmentListing,
  members: Iterable<SegmentMember>,
): Iterable<DescribedMember> | AsyncIterable<DescribedMember> {
  return withContact ? withNames(client, members, { programId, withContact, contactFields }) : members;
}

function toRecord(member: DescribedMember): ListSegmentsResult['members'][number] {
  const { memberId, membershipNumber, features, name, contact } = member;
  return {
    key: membershipNumber,
    memberId,
    features,
    person: contact === undefined ? null : { name: name ?? null, ...contact },
  };
}
