import type { LoyaltyClient } from '../client/index.js';
import { applyPlan, ProgramCreationError } from '../program/index.js';
import type { AppliedRecord, ApplyPlanOptions, ProgramPlan } from '../program/index.js';
import type { ObjectCounts } from './seedReport.js';
import { stageError } from './stageOutcome.js';
import type { SeedProgress, StageOutcome } from './stageOutcome.js';

export interface ProgramSeedingOptions extends Pick<ApplyPlanOptions, 'deployProcesses' | 'onWait'> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: SeedProgress) => void) | undefined;
}

/** Applies the plan of a program. A signal ends it between two requests at the latest. */
export async function seedProgram(
  client: LoyaltyClient,
  plan: ProgramPlan,
  { signal, onProgress, ...options }: ProgramSeedingOptions,
): Promise<StageOutcome<'program'>> {
  const of = plan.entries.filter(({ action }) => action !== 'leave').length;
  let records = 0;
  const onApplied = (): void => {
    signal?.throwIfAborted();
    onProgress?.({ stage: 'program', records: ++records, of });
  };
  try {
    const applied = await applyPlan(client, plan, { ...options, onApplied });
    return { stage: { status: 'done', objects: countObjects(applied.records) } };
  } catch (cause) {
    const written = cause instanceof ProgramCreationError ? cause.records : [];
    return { stage: { status: 'failed', objects: countObjects(written), error: stageError(cause) }, cause };
  }
}

/** In the order of the plan. */
function countObjects(records: readonly AppliedRecord[]): ObjectCounts[] {
  return [...Map.groupBy(records, ({ object }) => object)].map(([object, all]) => {
    const count = (...statuses: ReadonlyArray<AppliedRecord['status']>): number =>
      all.filter(({ status }) => statuses.includes(status)).length;
    return { object, created: count('created'), changed: count('changed', 'deleted'), unchanged: count('existing') };
  });
}
