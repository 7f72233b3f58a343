import { LoyaltyApiError } from '../../client/index.js';
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
}

/** Returns the best guard that this org allows. */
export async function chooseGuard(
  context: GuardContext,
  { uniqueField, probedField, takeOver = false }: GuardOptions,
): Promise<SourceGuard> {
  if (uniqueField === undefined) return bestWithoutField(context, takeOver);
  if (probedField?.honored !== false) return new UniqueFieldGuard(context, probedField);
  return new NotedGuard(await bestWithoutField(context, takeOver), {
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

async function bestWithoutField(context: GuardContext, takeOver: boolean): Promise<SourceGuard> {
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
