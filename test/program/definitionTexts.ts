import fc from 'fast-check';
import { z } from 'zod';

/** Texts that YAML could take for something else, and any others. */
const oddTexts = fc.constantFrom(
  ...['12', '1e3', '0x1F', '0o7', '1_000', '.5', '-', '~', 'null', 'true', 'yes', 'no', 'on', 'Off', '2026-01-01'],
  ...['12:30:45', '2026-01-01T10:00:00Z', '<<', '=', '# no comment', 'a: b', '- a', '*alias', '&anchor', '!tag', '?'],
  ...['%TAG', '@at', '`', '"', "'", ' leading', 'trailing ', 'two\nlines', 'two\n\n  lines\n', '\ttab', '|', '>', '{}'],
  ...[
    '[]',
    ',',
    ':',
    'Größe',
    '日本',
    '\u0085',
    '\u2028',
    '\u007f',
    '\u0000',
    '\ufeffBOM',
    'a\r\nb',
    '\r',
    '---',
    '...',
  ],
);
const text = fc.oneof(oddTexts, fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme' }));
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

/** Any values of a shape, made from the shape itself. */
export function valuesOf(shape: z.ZodType): fc.Arbitrary<unknown> {
  return made(shape).filter((value) => shape.safeParse(value).success);
}

function made(shape: z.ZodType): fc.Arbitrary<unknown> {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodDefault) {
    return fc.option(valuesOf(shape.unwrap() as z.ZodType), { nil: undefined });
  }
  if (shape instanceof z.ZodUnion) return fc.oneof(...(shape.options as z.ZodType[]).map(valuesOf));
  if (shape instanceof z.ZodEnum) return fc.constantFrom(...(shape.options as string[]));
  if (shape instanceof z.ZodLiteral) return fc.constantFrom(...shape.values);
  if (shape instanceof z.ZodArray) return fc.array(valuesOf(shape.element as z.ZodType), { maxLength: 3 });
  if (shape instanceof z.ZodObject) {
    const parts = Object.entries(shape.shape);
    return fc.record(Object.fromEntries(parts.map(([key, part]) => [key, valuesOf(part)]))).map(withoutUndefined);
  }
  if (shape instanceof z.ZodRecord) return fc.dictionary(text, valuesOf(shape.valueType as z.ZodType), { maxKeys: 3 });
  return scalars(shape);
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}

function scalars(shape: z.ZodType): fc.Arbitrary<unknown> {
  if (shape instanceof z.ZodBoolean) return fc.boolean();
  if (shape instanceof z.ZodNumberFormat) return fc.integer({ min: 0, max: 100 });
  if (shape instanceof z.ZodNumber) return fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100);
  if (shape instanceof z.ZodISODate) return day.map((date) => date.toISOString().slice(0, 10));
  if (shape instanceof z.ZodEmail) return fc.constantFrom('ada@example.com', 'a.b+c@example.org');
  return text;
}
