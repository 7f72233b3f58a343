import type { OutboxItem } from '../outbox/index.js';
import type { DeliveryState } from './deliveryState.js';
import type { Patience } from './patientReads.js';
import { patiently } from './patientReads.js';
import type { Draft } from './routes/route.js';
import { unanswered } from './runEndings.js';

/** Most items that are drafted together. */
const stride = 1000;

/**
 * Lets the route draft every item that would be sent, and refuses those of which it can send nothing, as a request would
 * refuse them. Stops the delivery if the org does not answer what the route asks.
 * @param preview number of drafts that are returned: the first ones
 */
export async function draftReady(state: DeliveryState, patience: Patience, preview: number): Promise<readonly Draft[]> {
  const { delivery, route } = state;
  const first: Draft[] = [];
  let items: readonly OutboxItem[] = await delivery.readyAfter(0, stride);
  for (let last = items.at(-1); last && !state.isOver; last = items.at(-1)) {
    const asked = await state.ask(() => patiently(patience, async () => route.draft(items)));
    if ('failure' in asked) {
      state.stop(unanswered);
      break;
    }
    const { drafts, failed } = asked.answer;
    first.push(...drafts.slice(0, preview - first.length));
    await delivery.refuseReady(
      failed.map(({ item, failure: { code, message } }) => ({ item, code: code ?? 'REFUSED', message })),
    );
    items = await delivery.readyAfter(last.seq, stride);
  }
  return first;
}
