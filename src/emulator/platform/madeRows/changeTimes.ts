import { componentKey } from '../../metadata/components/metadataComponent.js';
import type { ComponentName } from '../../metadata/components/metadataComponent.js';
import type { Org } from '../../org.js';
import { storedTime } from './storedTime.js';

/** When an org was set up: what was not deployed has not changed since then. */
export const setUpAt = '2026-01-01T00:00:00.000Z';

export type TimeOfChange = (name: ComponentName) => string;

/** Returns a look-up of when objects and fields were deployed last. */
export function timeOfChange({ componentTable }: Pick<Org, 'componentTable'>): TimeOfChange {
  const times = componentTable.changeTimes();
  return (name) => {
    const at = times.get(componentKey(name));
    return at === undefined ? setUpAt : storedTime(Date.parse(at));
  };
}
