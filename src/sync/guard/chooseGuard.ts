import { LoyaltyApiError } from '../../client/index.js';
import { MarkerGuard } from './markerGuard.js';
import { QueryGuard } from './queryGuard.js';
import type { GuardContext, SourceGuard } from './sourceGuard.js';
import { markerObject } from './sourceMarker.js';
import { UniqueFieldGuard } from './uniqueFieldGuard.js';

export interface GuardOptions {
  readonly uniqueField?: string | undefined;
  readonly takeOver?: boolean | undefined;
}

/** The best guard that this org allows. */
export async function chooseGuard(
  context: GuardContext,
  { uniqueField, takeOver = false }: GuardOptions,
): Promise<SourceGuard> {
  if (uniqueField !== undefined) return new UniqueFieldGuard(context);
  return (await hasMarkers(context)) ? new MarkerGuard(context, { takeOver }) : new QueryGuard(context);
}

async function hasMarkers({ client }: GuardContext): Promise<boolean> {
  try {
    await client.sobjects.describe(markerObject);
    return true;
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'NOT_FOUND') return false;
    throw error;
  }
}
