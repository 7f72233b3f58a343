import { z } from 'zod';
import { OrgRefusal } from '../orgRefusal.js';
import type { RequestBody } from '../http/requestBody.js';

/**
 * Reads the body of a control request.
 *
 * @throws {OrgRefusal} 400 with the place of the mistake, when the body does not have the shape
 */
export function readControlBody<T>(shape: z.ZodType<T>, body: RequestBody): T {
  const parsed = shape.safeParse(body.json());
  if (parsed.success) return parsed.data;
  throw new OrgRefusal(400, 'INVALID_INPUT', z.prettifyError(parsed.error));
}
