import { withoutSecrets } from '../../base/text/withoutSecrets.js';

/** How many nested causes are checked. */
const deepest = 8;

/**
 * Removes tokens, session Ids and passwords from every printed part of an error: the message, its causes and its
 * advice.
 */
export function withoutSecretsOf(error: Error, depth = 0): Error {
  error.message = withoutSecrets(error.message);
  if (error.stack !== undefined) error.stack = withoutSecrets(error.stack);
  if ('actions' in error && Array.isArray(error.actions)) {
    Object.assign(error, { actions: error.actions.map((action) => withoutSecrets(String(action))) });
  }
  if (error.cause instanceof Error && depth < deepest) withoutSecretsOf(error.cause, depth + 1);
  return error;
}
