import { z } from 'zod';

/** Envelope of `GET /query` and of every further page. `totalSize` counts the whole result, not the page. */
export const QueryPage = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});
export type QueryPage = z.infer<typeof QueryPage>;

/** Answer of `POST /sobjects/{object}`. */
export const SaveResult = z.object({ id: z.string(), success: z.boolean() });
export type SaveResult = z.infer<typeof SaveResult>;

/** One value of a picklist, as a describe answer lists it. */
const DescribedValue = z.looseObject({
  value: z.string(),
  label: z.string().nullish(),
  active: z.boolean().optional(),
});

/** One field of a describe answer. Everything but name and type is optional: what is absent is not known. */
export const DescribedField = z.looseObject({
  name: z.string(),
  type: z.string(),
  /** Most characters of a text; 0 where the type has none. */
  length: z.number().optional(),
  /** Digits of a number in all, and after its point. */
  precision: z.number().optional(),
  scale: z.number().optional(),
  nillable: z.boolean().optional(),
  createable: z.boolean().optional(),
  updateable: z.boolean().optional(),
  filterable: z.boolean().optional(),
  unique: z.boolean().optional(),
  caseSensitive: z.boolean().optional(),
  externalId: z.boolean().optional(),
  idLookup: z.boolean().optional(),
  /** Refuses values that are not in `picklistValues`. */
  restrictedPicklist: z.boolean().optional(),
  picklistValues: z.array(DescribedValue).nullish(),
  referenceTo: z.array(z.string()).nullish(),
});
export type DescribedField = z.infer<typeof DescribedField>;

/** What we read of `GET /sobjects/{object}/describe`: fields that the user cannot see are not in it. */
export const DescribeResult = z.object({
  name: z.string(),
  /** First three characters of every Id of the object. */
  keyPrefix: z.string().nullish(),
  fields: z.array(DescribedField),
});
export type DescribeResult = z.infer<typeof DescribeResult>;

/** Answer of `POST /composite`: one part for each request, in the same order. */
export const CompositeResult = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown(), referenceId: z.string() })),
});
