import type { AttributeMap } from '../../../contract/endpoints/enrollmentShapes.js';

/** Further values by field. The map is one of texts (guide): a boolean or a number becomes one. */
export function attributesOf(map: AttributeMap | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(map?.attributes ?? {}).map(([name, value]) => [name, String(value)]));
}
