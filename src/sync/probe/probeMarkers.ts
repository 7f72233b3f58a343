import { LoyaltyApiError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { DescribedField } from '../../contract/query.js';
import { markerFields, markerObject } from '../guard/sourceMarker.js';

/** What describe says about the marker object, as this user sees it. */
export interface MarkerProbe {
  readonly object: string;
  readonly state: 'present' | 'absent' | 'unusable';
  /** What is wrong with an object that cannot be used, one sentence each. */
  readonly issues: readonly string[];
}

/** Checks that the marker object exists and has what the sync writes and reads. Writes nothing. */
export async function probeMarkers(client: LoyaltyClient): Promise<MarkerProbe> {
  const found = await describeOrNothing(client);
  if (!found) return { object: markerObject, state: 'absent', issues: [] };
  const issues = Object.entries(markerFields).flatMap(([name, needed]) => {
    const field = found.find((each) => each.name === name);
    return field ? issuesOf(field, needed) : [`${name} is missing, or this user cannot see it.`];
  });
  return { object: markerObject, state: issues.length === 0 ? 'present' : 'unusable', issues };
}

function issuesOf(field: DescribedField, { length, unique }: { length?: number; unique?: boolean }): string[] {
  const { name } = field;
  const isTooShort = length !== undefined && (field.length ?? 0) < length;
  return [
    ...(field.createable === false || field.updateable === false ? [`${name} cannot be written by this user.`] : []),
    ...(isTooShort ? [`${name} takes ${field.length ?? 0} characters; it needs ${length}.`] : []),
    ...(unique && !field.unique ? [`${name} is not unique.`] : []),
    ...(unique && !field.caseSensitive ? [`${name} does not tell upper from lower case.`] : []),
  ];
}

async function describeOrNothing(client: LoyaltyClient): Promise<readonly DescribedField[] | undefined> {
  try {
    return (await client.sobjects.describe(markerObject)).fields;
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'NOT_FOUND') return undefined;
    throw error;
  }
}
