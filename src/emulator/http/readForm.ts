import { OrgRefusal } from '../orgRefusal.js';
import { count } from './addressLimit.js';

/** Maximum number of fields. A login has about ten. */
const mostFields = 100;

/**
 * Reads the fields of a form. They are counted first, because the time that Node takes to parse them grows with the
 * square of their number.
 *
 * @throws {OrgRefusal} 400 BAD_REQUEST when there are too many fields
 */
export function readForm(text: string): URLSearchParams {
  const fields = count(text, '&') + 1;
  if (fields <= mostFields) return new URLSearchParams(text);
  throw new OrgRefusal(400, 'BAD_REQUEST', `The form has ${fields} fields, but at most ${mostFields} are allowed`);
}
