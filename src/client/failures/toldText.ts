import type { ApiErrorItem } from '../../contract/apiError.js';
import { shortText } from '../../base/text/shortText.js';
import { withoutSecrets } from '../../base/text/withoutSecrets.js';

/** Maximum number of errors that are kept of one answer. */
const mostErrors = 200;
const mostFields = 20;

/** Prepares a foreign text for a message: short, and without secrets. */
export function told(text: string, most?: number): string {
  return shortText(withoutSecrets(text), most);
}

export function toldErrors(errors: readonly ApiErrorItem[]): ApiErrorItem[] {
  return errors.slice(0, mostErrors).map(({ errorCode, message, fields }) => ({
    errorCode: told(errorCode, 100),
    message: told(message),
    ...(fields && { fields: fields.slice(0, mostFields).map((field) => told(field, 100)) }),
  }));
}

/** Reduces an error of foreign code to its name and message, because it may hold a whole answer. */
export function toldCause(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const cause = new Error(told(message));
  cause.name = told(name, 100);
  return cause;
}
