import type { RunNote } from '../../outbox/index.js';
import { MarkerGuard } from './markerGuard.js';
import { NotedGuard } from './notedGuard.js';
import { QueryGuard } from './queryGuard.js';
import type { GuardContext, ProbedField, SourceGuard } from './sourceGuard.js';
import { UniqueFieldGuard } from './uniqueFieldGuard.js';

export interface GuardOptions {
  readonly uniqueField?: string | undefined;
  readonly probedField?: ProbedField | undefined;
  readonly takeOver?: boolean | undefined;
}

/** Returns the best guard that this org allows. */
export function chooseGuard(
  context: GuardContext,
  { uniqueField, probedField, takeOver = false }: GuardOptions,
): SourceGuard {
  if (uniqueField === undefined) return bestWithoutField(context, takeOver);
  const note = notHonored({ uniqueField, probedField });
  return note ? new NotedGuard(bestWithoutField(context, takeOver), note) : new UniqueFieldGuard(context, probedField);
}

/** A plan neither waits nor leaves a trace in the org. Its report names the level that a run would have. */
export function choosePlanGuard(context: GuardContext, options: GuardOptions): SourceGuard {
  const { level } = chooseGuard(context, options);
  const emptyOutbox = context.emptyOutbox === 'trust' ? 'trust' : 'lookup';
  const guard = new QueryGuard({ ...context, emptyOutbox }, level);
  const note = notHonored(options);
  return note ? new NotedGuard(guard, note) : guard;
}

/** Returns why a unique field is not used, if it was found that it does not help. */
function notHonored({ uniqueField, probedField }: GuardOptions): RunNote | undefined {
  if (uniqueField === undefined || probedField?.honored !== false) return undefined;
  return {
    code: 'unique-field-not-honored',
    message:
      `The real-time engine of this org does not honor ${uniqueField} (probed on ${probedField.at.slice(0, 10)}), so ` +
      'it cannot refuse copies. This run gets the level that the org allows without the field.',
  };
}

function bestWithoutField(context: GuardContext, takeOver: boolean): SourceGuard {
  return context.facts.hasMarkers ? new MarkerGuard(context, { takeOver }) : new QueryGuard(context);
}
