import { z } from 'zod';
import { inAnyCase } from './inAnyCase.js';

/** A named input or output of an action or a process. */
export interface Parameter<Shape extends z.ZodType = z.ZodType> {
  /** As describe has it. */
  readonly type: 'BOOLEAN' | 'DOUBLE' | 'INTEGER' | 'STRING' | 'STRUCTURE';
  readonly required: boolean;
  readonly shape: Shape;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The shape of all values together. */
export type ShapeOf<P extends Parameters> = z.ZodObject<{ [Name in keyof P]: P[Name]['shape'] }>;
export type ValuesOf<P extends Parameters> = z.infer<ShapeOf<P>>;

export function shapeOf<P extends Parameters>(parameters: P): ShapeOf<P> {
  const shapes = Object.fromEntries(Object.entries(parameters).map(([name, { shape }]) => [name, shape]));
  return z.object(shapes) as unknown as ShapeOf<P>;
}

export function requiredNames(parameters: Parameters): string[] {
  return Object.keys(parameters).filter((name) => parameters[name]?.required);
}

/** A parameter that may be left out, or be null. */
export function optional<Shape extends z.ZodType>({
  type,
  shape,
}: Parameter<Shape>): Parameter<z.ZodOptional<z.ZodNullable<Shape>>> {
  return { type, required: false, shape: shape.nullish() };
}

export const textParameter: Parameter<z.ZodString> = { type: 'STRING', required: true, shape: z.string() };

/** Id of a record, of 15 or 18 characters. Describe calls it a text. */
export const recordId: Parameter<z.ZodString> = { ...textParameter };

/** Samples send and answer numbers as texts too. */
export const numberParameter: Parameter<z.ZodCoercedNumber> = {
  type: 'DOUBLE',
  required: true,
  shape: z.coerce.number(),
};

export const wholeNumber: Parameter<z.ZodCoercedNumber> = { ...numberParameter, type: 'INTEGER' };

export const flag: Parameter<z.ZodBoolean> = { type: 'BOOLEAN', required: true, shape: z.boolean() };

/** A Boolean that samples also answer as a text. */
export const flagOrText: Parameter<z.ZodUnion<[z.ZodBoolean, z.ZodType<'true' | 'false', string>]>> = {
  ...flag,
  shape: z.union([z.boolean(), inAnyCase(['true', 'false'])]),
};

/** A map, such as the fields of a journal. */
export function structure<Shape extends z.ZodType>(shape: Shape): Parameter<Shape> {
  return { type: 'STRUCTURE', required: true, shape };
}

/** Several texts, such as ids. */
export const textList: Parameter<z.ZodArray<z.ZodString>> = {
  type: 'STRING',
  required: true,
  shape: z.array(z.string()),
};
