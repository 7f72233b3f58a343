import { z } from 'zod';

/**
 * One element of the error array that REST and Connect resources return with a 4xx or 5xx status.
 * Guide: "Status Codes and Error Responses". The order of the keys varies, and `fields` is often absent.
 */
export const ApiErrorItem = z.object({
  errorCode: z.string(),
  message: z.string(),
  fields: z.array(z.string()).optional(),
});
export type ApiErrorItem = z.infer<typeof ApiErrorItem>;

export const ApiErrorBody = z.array(ApiErrorItem).min(1);

/** Error of the token endpoint. It is an object, not an array. */
export const OAuthErrorBody = z.object({ error: z.string(), error_description: z.string().optional() });
