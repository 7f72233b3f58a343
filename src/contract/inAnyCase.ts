import { z } from 'zod';

/** Connect enums are matched without regard to case: the vendor's own samples and kits write them in other capitals. */
export function inAnyCase<const Values extends readonly [string, ...string[]]>(values: Values) {
  const known = new Map(values.map((value) => [value.toLowerCase(), value]));
  const Spelled = z.string().transform((given) => known.get(given.toLowerCase()) ?? given);
  return Spelled.pipe(z.enum(values));
}
