import { ApiError } from '../apiError.js';
import { count } from './addressLimit.js';

/** A login has about ten. */
const mostFields = 100;

/**
 * The fields of a form. They are counted before they are read: the reader that Node brings takes time that grows with
 * the square of their number.
 *
 * @throws {ApiError} 400 BAD_REQUEST
 */
export function readForm(text: string): URLSearchParams {
  const fields = count(text, '&') + 1;
  if (fields <= mostFields) return new URLSearchParams(text);
  throw new ApiError(400, 'BAD_REQUEST', `The form has ${fields} fields, where at most ${mostFields} are read`);
}
