import type { StopReason } from './attempt.js';
import type { DeliveryState } from './deliveryState.js';
import type { GuardFinding, SourceGuard } from './guard/sourceGuard.js';
import { patientAttempt } from './patientReads.js';
import type { Patience } from './patientReads.js';

/** It is unknown what the last requests did besides what the org confirmed. */
export const notProved: StopReason = {
  code: 'END_NOT_PROVED',
  message:
    'The org did not answer the questions at the end of the run: whether it shows what it confirmed, and whether ' +
    'somebody else sends the same source.',
  action: 'Resume the run when the org answers: it asks again.',
};

/**
 * Asks at the end of a run what can only be known then: whether the org has what it confirmed, and whether another
 * process sent the same source. A question without an answer counts as doubt, unless the run was interrupted.
 */
export async function finalCheck(
  state: DeliveryState,
  guard: SourceGuard,
  patience: Patience,
): Promise<GuardFinding | undefined> {
  const isShown = await controlPatiently(state, patience);
  const asked = await patientAttempt(patience, () => guard.end());
  if ('answer' in asked && (asked.answer || isShown)) return asked.answer;
  return patience.signal?.aborted ? undefined : { stop: notProved, doubled: [] };
}

/** Asks at the run's own pace, which other requests have set. Returns false if the org did not answer in time. */
async function controlPatiently(state: DeliveryState, { clock, wait, signal }: Patience): Promise<boolean> {
  const until = clock.monotonic() + wait;
  for (;;) {
    await state.controlAgain();
    if (!state.hasUncontrolled) return true;
    if (state.isOver || state.pace.quietUntil > until) return false;
    await clock.sleep(state.pace.quietUntil - clock.monotonic(), signal);
  }
}
