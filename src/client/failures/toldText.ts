import type { ApiErrorItem } from '../../contract/apiError.js';
import { shortText } from '../../base/text/shortText.js';
import { withoutSecrets } from '../../base/text/withoutSecrets.js';

/** Errors of one answer that are kept. */
const mostErrors = 200;
const mostFields = 20;

/** What somebody else has written, as it may stand in a message: short, and without secrets. */
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

/** An error of somebody else's code, which may hold a whole answer: its name and what it says. */
export function toldCause(error: unknown): Error {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const cause = new Error(told(message));
  cause.name = told(name, 100);
  return cause;
}
