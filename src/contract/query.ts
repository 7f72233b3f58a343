import { z } from 'zod';

/** Answer of `GET /query` and of its further pages. `totalSize` counts the whole result, not the page. */
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

/** One value of a picklist in a describe answer. */
const DescribedValue = z.looseObject({
  value: z.string(),
  label: z.string().nullish(),
  active: z.boolean().optional(),
});

/** One field of a describe answer. All members except name and type are optional. An absent member is unknown. */
export const DescribedField = z.looseObject({
  name: z.string(),
  type: z.string(),
  /** Maximum number of characters of a text. 0 for types without a length. */
  length: z.number().optional(),
  /** Total number of digits. `scale` is the number of digits after the point. */
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
  /** Whether values that are not in `picklistValues` are refused. */
  restrictedPicklist: z.boolean().optional(),
  picklistValues: z.array(DescribedValue).nullish(),
  referenceTo: z.array(z.string()).nullish(),
});
export type DescribedField = z.infer<typeof DescribedField>;

/** The part of `GET /sobjects/{object}/describe` that we read. It lacks fields that the user cannot see. */
export const DescribeResult = z.object({
  name: z.string(),
  /** First three characters of every Id of the object. */
  keyPrefix: z.string().nullish(),
  fields: z.array(DescribedField),
});
export type DescribeResult = z.infer<typeof DescribeResult>;

/**
 * Answer of a write to `/composite/sobjects`: one result for each record, in the same order. Errors of a record have a
 * `statusCode`, unlike those of a request.
 */
export const CollectionResult = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z
      .array(
        z.object({ statusCode: z.string(), message: z.string(), fields: z.array(z.string()).nullish().catch(null) }),
      )
      .default([]),
  }),
);
export type CollectionResult = z.infer<typeof CollectionResult>;

/** Answer of `POST /composite`: one part for each subrequest, in the same order. */
export const CompositeResult = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown(), referenceId: z.string() })),
});
