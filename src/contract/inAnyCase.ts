import { z } from 'zod';

/** Case is ignored in Connect enums, because Salesforce's own samples and SDKs write them in different cases. */
export function inAnyCase<const Values extends readonly [string, ...string[]]>(values: Values) {
  const known = new Map(values.map((value) => [value.toLowerCase(), value]));
  const Spelled = z.string().transform((given) => known.get(given.toLowerCase()) ?? given);
  return Spelled.pipe(z.enum(values));
}
