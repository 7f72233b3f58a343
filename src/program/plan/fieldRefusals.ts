import type { DescribedField } from '../../contract/query.js';
import type { FieldValues } from '../../client/index.js';
import { decimalOf } from '../../base/decimal.js';
import { counted } from '../../base/text/counted.js';

type Values = Readonly<Record<string, FieldValues[string]>>;

/** Why an org cannot take a value of a field, as sentences. `reference`: whether the value is the Id of a record. */
export function* valueRefusals(
  described: DescribedField | undefined,
  { object, field, value, write }: { object: string; field: string; value: Values[string]; write: 'create' | 'change' },
): Generator<string> {
  if (!described) {
    yield `The org has no field ${object}.${field}, or the user may not see it. ${adviceFor(field)}`;
    return;
  }
  if ((write === 'create' ? described.createable : described.updateable) === false) {
    yield write === 'create'
      ? `${object}.${field} is read-only here. Give the user access to it.`
      : `${object}.${field} cannot be changed afterwards. Change the definition, or delete the record in the org first.`;
    return;
  }
  if (typeof value === 'string') yield* textRefusals(described, object, value);
  if (typeof value === 'number') yield* numberRefusals(described, object, value);
}

function* textRefusals(described: DescribedField, object: string, value: string): Generator<string> {
  const { name, type, length = 0, restrictedPicklist, picklistValues } = described;
  if (restrictedPicklist && picklistValues) {
    const values = picklistValues.filter(({ active }) => active !== false).map((each) => each.value);
    if (!values.includes(value)) {
      const there = values.length === 0 ? 'It has none' : `It has ${values.map((each) => `"${each}"`).join(', ')}`;
      yield `The picklist ${object}.${name} has no value "${value}". ${there}. Add it in Setup.`;
    }
    return;
  }
  if (['string', 'textarea'].includes(type) && length > 0 && value.length > length) {
    yield `${object}.${name} holds ${counted(length, 'character')}, and the text has ${value.length}. Shorten it.`;
  }
}

const mostOfInt = 2_147_483_647;
/** A tier ends 0.01 below the next one, or at the next whole number where an org has no decimals. */
const computed = 'MaximumEligibleBalance';

function* numberRefusals({ name, type, precision = 0, scale = 0 }: DescribedField, object: string, value: number) {
  const most = precision > 0 ? 10 ** (precision - scale) : Number.POSITIVE_INFINITY;
  if (type === 'int' ? Math.abs(value) > mostOfInt : Math.abs(value) >= most) {
    yield `${object}.${name} does not hold numbers as large as ${value}. Make it smaller.`;
  } else if (precision > 0 && name !== computed && !decimalOf(value).toDecimalPlaces(scale).equals(value)) {
    yield `${object}.${name} holds ${counted(scale, 'decimal')}, and ${value} has more. Round it.`;
  }
}

/** Yields the fields that an org requires of a new record, and that have no value here. */
export function* missingRequired(fields: ReadonlyMap<string, DescribedField>, given: ReadonlySet<string>) {
  for (const { name, nillable, createable, defaultedOnCreate, type } of fields.values()) {
    const isRequired = nillable === false && createable === true && defaultedOnCreate !== true && type !== 'boolean';
    if (isRequired && !given.has(name)) yield name;
  }
}

function adviceFor(field: string): string {
  if (field === 'DoesAllowNegativeBalance') {
    return 'It needs the loyalty setting enableNegativePointBalance and API 61.';
  }
  return 'Give the user access to it, or leave it out of the definition.';
}

/** Why an org has no records of an object at all, with what to do. */
export function missingObject(object: string): string {
  return `The org has no ${object}, or the user may not see it. ${featureAdvice(object)}`;
}

/** What to do about an object that the org does not have. */
export function featureAdvice(object: string): string {
  const what = object === 'LoyaltyProgramProcess' ? 'Promotion Setup (feature LoyaltyEngine)' : 'Loyalty Management';
  return `Turn on ${what} in the org, and assign its permission set to the user.`;
}
