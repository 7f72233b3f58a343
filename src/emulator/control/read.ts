import { z } from 'zod';
import { ApiError } from '../apiError.js';
import type { RequestBody } from '../http/requestBody.js';

/**
 * Reads the body of a control request.
 *
 * @throws {ApiError} 400 with the place of the mistake, when the body does not have the shape
 */
export function read<T>(shape: z.ZodType<T>, body: RequestBody): T {
  const parsed = shape.safeParse(body.json());
  if (parsed.success) return parsed.data;
  throw new ApiError(400, 'INVALID_INPUT', z.prettifyError(parsed.error));
}
