import { withoutSecrets } from '../../base/text/withoutSecrets.js';

/** Causes of causes that are looked at. */
const deepest = 8;

/** Takes tokens, session Ids and passwords out of whatever is printed of an error: here, in its causes, in its advice. */
export function withoutSecretsOf(error: Error, depth = 0): Error {
  error.message = withoutSecrets(error.message);
  if (error.stack !== undefined) error.stack = withoutSecrets(error.stack);
  if ('actions' in error && Array.isArray(error.actions)) {
    Object.assign(error, { actions: error.actions.map((action) => withoutSecrets(String(action))) });
  }
  if (error.cause instanceof Error && depth < deepest) withoutSecretsOf(error.cause, depth + 1);
  return error;
}
