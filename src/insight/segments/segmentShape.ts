import { z } from 'zod';
import { featureNamed, featureNames } from './memberFeatures.js';
import type { FeatureDefinition } from './memberFeatures.js';

const Value = z.union([z.string(), z.number(), z.boolean()]);

const comparisons = {
  is: Value.optional().describe('The value.'),
  isNot: Value.optional().describe('Any other value, or none.'),
  in: z.array(Value).min(1).optional().describe('One of these values.'),
  known: z.boolean().optional().describe('true: there is a value. false: there is none.'),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  moreThan: z.number().optional(),
  lessThan: z.number().optional(),
  top: z.number().positive().max(100).optional().describe('Among this percentage of members with the highest value.'),
};
export type ComparisonKey = keyof typeof comparisons;
export const comparisonKeys = Object.keys(comparisons) as ComparisonKey[];
const ofNumbers: readonly ComparisonKey[] = ['atLeast', 'atMost', 'moreThan', 'lessThan', 'top'];

const within = z.int().min(1).max(3660).optional().describe('Only this number of days up to today, or from today on.');

/** Compares one feature of a member. With several comparisons, all must be true. */
export const FeatureComparison = z
  .strictObject({ feature: z.enum(featureNames), within, ...comparisons })
  .superRefine((given, context) => {
    const feature = featureNamed(given.feature);
    for (const [path, message] of comparisonIssues(given, feature))
      context.addIssue({ code: 'custom', path: path === '' ? [] : [path], message });
  });
export type FeatureComparison = z.infer<typeof FeatureComparison>;

const Condition = z.union([
  FeatureComparison,
  z.strictObject({ all: z.array(FeatureComparison).min(1) }),
  z.strictObject({ any: z.array(FeatureComparison).min(1) }),
]);
export type SegmentCondition = z.infer<typeof Condition>;

/** Who is in a segment: active members to whom all of these conditions apply, or any of them. */
export const SegmentDefinition = z
  .strictObject({
    name: z
      .string()
      .max(40)
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens, such as big-spenders')
      .describe('Name of the segment, for flags.'),
    title: z.string().min(1).max(200).describe('What a person calls it.'),
    all: z.array(Condition).min(1).optional(),
    any: z.array(Condition).min(1).optional(),
  })
  .refine(({ all, any }) => (all === undefined) !== (any === undefined), {
    message: 'needs either the key all or the key any',
  });
export type SegmentDefinition = z.infer<typeof SegmentDefinition>;

/** A file of segments. */
export const SegmentFile = z
  .array(SegmentDefinition)
  .min(1)
  .max(100)
  .superRefine((segments, context) => {
    const names = segments.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: 'is the name of a segment above; choose another',
        });
  });

function* comparisonIssues(
  given: Readonly<Record<string, unknown>>,
  { name, kind, span }: FeatureDefinition,
): Generator<readonly [path: string, message: string]> {
  const used = comparisonKeys.filter((key) => given[key] !== undefined);
  if (used.length === 0) yield ['', `compares ${name} with nothing; use one of ${comparisonKeys.join(', ')}`];
  if (span === 'none' && given['within'] !== undefined)
    yield ['within', `is not possible: ${name} is not of some days`];
  if (span === 'required' && given['within'] === undefined)
    yield ['', `needs the key within: the days that ${name} is about`];
  for (const key of used) {
    const isNumber = kind === 'number' || kind === 'hundredths';
    if (ofNumbers.includes(key) && !isNumber) yield [key, `cannot be compared: ${name} is ${kindWords(kind)}`];
    for (const value of key === 'known' ? [] : [given[key]].flat()) {
      if (!ofNumbers.includes(key) && typeof value !== typeOf(kind))
        yield [key, `does not fit: ${name} is ${kindWords(kind)}`];
    }
  }
}

function typeOf(kind: FeatureDefinition['kind']): string {
  if (kind === 'text') return 'string';
  return kind === 'flag' ? 'boolean' : 'number';
}

function kindWords(kind: FeatureDefinition['kind']): string {
  if (kind === 'text') return 'a text';
  return kind === 'flag' ? 'true or false' : 'a number';
}
