import { LoyaltyApiError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { MarkerGuard } from './markerGuard.js';
import { NotedGuard } from './notedGuard.js';
import { QueryGuard } from './queryGuard.js';
import type { GuardContext, ProbedField, SourceGuard } from './sourceGuard.js';
import { markerObject } from './sourceMarker.js';
import { UniqueFieldGuard } from './uniqueFieldGuard.js';

export interface GuardOptions {
  readonly uniqueField?: string | undefined;
  readonly probedField?: ProbedField | undefined;
  readonly takeOver?: boolean | undefined;
  /** Whether the org has the marker object. Default: it is asked. */
  readonly hasMarkers?: boolean | undefined;
}

/** Returns the best guard that this org allows. */
export async function chooseGuard(context: GuardContext, options: GuardOptions): Promise<SourceGuard> {
  const { uniqueField, probedField } = options;
  if (uniqueField === undefined) return bestWithoutField(context, options);
  if (probedField?.honored !== false) return new UniqueFieldGuard(context, probedField);
  return new NotedGuard(await bestWithoutField(context, options), {
    code: 'unique-field-not-honored',
    message:
      `The real-time engine of this org does not honor ${uniqueField} (probed on ${probedField.at.slice(0, 10)}), so ` +
      'it cannot refuse copies. This run gets the level that the org allows without the field.',
  });
}

/** A plan neither waits nor leaves a trace in the org. Its report names the level that a run would have. */
export async function choosePlanGuard(context: GuardContext, options: GuardOptions): Promise<SourceGuard> {
  const { level } = await chooseGuard(context, options);
  const emptyOutbox = context.emptyOutbox === 'trust' ? 'trust' : 'lookup';
  return new QueryGuard({ ...context, emptyOutbox }, level);
}

async function bestWithoutField(context: GuardContext, options: GuardOptions): Promise<SourceGuard> {
  const { takeOver = false, hasMarkers = await asksForMarkers(context.client) } = options;
  return hasMarkers ? new MarkerGuard(context, { takeOver }) : new QueryGuard(context);
}

/** Asks whether the org has the marker object. */
export async function asksForMarkers(client: LoyaltyClient): Promise<boolean> {
  try {
    await client.sobjects.describe(markerObject);
    return true;
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'NOT_FOUND') return false;
    throw error;
  }
}
