import type { ItemFailure } from '../../outbox/index.js';
import type { DeliveryState } from '../deliveryState.js';
import { stretches } from './stretches.js';

/** Items that are read, and settled, together. What is lost in between is found by the next process. */
export const settledTogether = 2000;

/** Makes items ready again that have not left. */
export async function keepBack(state: DeliveryState, items: readonly number[], failure?: ItemFailure): Promise<void> {
  for await (const some of stretches(items, settledTogether)) {
    const bare = await state.delivery.readBare(some);
    await state.settle(bare.map((item) => ({ item, to: 'ready', until: 0, failure, neverLeft: true })));
  }
}
