import { z } from 'zod';
import { isJsonObject } from '../jsonObject.js';

/** Returns the shape of the part of a document at a path; undefined if there is none. */
export function shapeAt(
  path: readonly PropertyKey[],
  whole: { readonly value: unknown; readonly shape: z.ZodType },
): z.ZodType | undefined {
  let shape: z.ZodType | undefined = whole.shape;
  let inner = whole.value;
  for (const step of path) {
    shape = shape && stepInto(shape, step, inner);
    inner = isJsonObject(inner) || Array.isArray(inner) ? Reflect.get(inner, step) : undefined;
  }
  return shape && bare(shape);
}

/** Returns the keys that an object may have at this place. */
export function knownKeys(shape: z.ZodType | undefined, value: unknown): readonly string[] {
  const form = shape && meantShape(shape, value);
  return form instanceof z.ZodObject ? Object.keys(form.shape) : [];
}

/**
 * Returns the form of a union that the author means; of any other shape, the shape itself. An object is recognized by
 * its discriminator, or else by the first key of a form. Undefined if no form is meant.
 */
export function meantShape(shape: z.ZodType, value: unknown): z.ZodType | undefined {
  const forms = formsOf(shape);
  if (forms.length === 1) return forms[0];
  if (!isJsonObject(value)) return undefined;
  const objects = forms.filter((form) => form instanceof z.ZodObject);
  if (shape instanceof z.ZodDiscriminatedUnion) {
    const key = shape.def.discriminator;
    return objects.find((form) => (form.shape[key] as z.ZodType).safeParse(value[key]).success);
  }
  return objects.find((form) => Object.hasOwn(value, Object.keys(form.shape)[0] ?? ''));
}

/** Says what a value of this shape looks like, as in "a list", "one of Standard, Cumulative". */
export function shapeWords(shape: z.ZodType): string {
  const forms = formsOf(shape);
  if (forms.length > 1) return formWords(forms).join(', or ');
  const [form] = forms;
  if (form instanceof z.ZodEnum) return `one of ${form.options.join(', ')}`;
  if (form instanceof z.ZodLiteral) return [...form.values].map(String).join(' or ');
  if (form instanceof z.ZodArray) return 'a list';
  if (form instanceof z.ZodRecord) return `an object that has ${shapeWords(form.valueType as z.ZodType)} for each name`;
  if (form instanceof z.ZodObject) return `an object with ${requiredKeys(form)}`;
  if (form instanceof z.ZodBoolean) return 'true or false';
  if (form instanceof z.ZodISODate) return 'a day such as 2026-01-31';
  if (form instanceof z.ZodEmail) return 'an e-mail address';
  if (form instanceof z.ZodNumberFormat) return 'a whole number';
  return form instanceof z.ZodNumber ? 'a number' : 'a text';
}

/** Texts, numbers, flags and null are together one value of any kind. */
function formWords(forms: readonly z.ZodType[]): string[] {
  const isPlain = (form: z.ZodType): boolean =>
    [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodNull].some((kind) => form instanceof kind);
  if (forms.filter(isPlain).length < 3) return forms.map(shapeWords);
  return ['a single value', ...forms.filter((form) => !isPlain(form)).map(shapeWords)];
}

function requiredKeys({ shape }: z.ZodObject): string {
  const names = Object.keys(shape).filter((key) => !(shape[key] as z.ZodType).safeParse(undefined).success);
  if (names.length === 0)
    return Object.keys(shape)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' or ');
  return names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

/** Returns the forms of a union; of any other shape, the shape itself, without what makes it optional. */
export function formsOf(shape: z.ZodType): readonly z.ZodType[] {
  const inner = bare(shape);
  return inner instanceof z.ZodUnion ? (inner.options as readonly z.ZodType[]).flatMap(formsOf) : [inner];
}

function stepInto(shape: z.ZodType, step: PropertyKey, value: unknown): z.ZodType | undefined {
  const form = meantShape(bare(shape), value);
  if (form instanceof z.ZodObject) return form.shape[String(step)] as z.ZodType | undefined;
  if (form instanceof z.ZodArray) return form.element as z.ZodType;
  return form instanceof z.ZodRecord ? (form.valueType as z.ZodType) : undefined;
}

/** Removes what makes a shape optional. */
function bare(shape: z.ZodType): z.ZodType {
  const isOptional = [z.ZodOptional, z.ZodDefault, z.ZodPrefault].some((kind) => shape instanceof kind);
  return isOptional ? bare((shape as z.ZodOptional<z.ZodType>).unwrap()) : shape;
}
