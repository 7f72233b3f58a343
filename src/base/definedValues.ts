/** Drops keys without a value, so that they do not hide a value of the same name elsewhere. */
export function definedValues<T extends object>(values: T): Partial<T> {
  const defined: Partial<T> = {};
  for (const name of Object.keys(values) as (keyof T)[]) if (values[name] !== undefined) defined[name] = values[name];
  return defined;
}
