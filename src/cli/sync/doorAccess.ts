import { Messages } from '@salesforce/core';
import { shortestSecret } from '../../door/index.js';
import type { DoorAccess } from '../../door/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');

interface AccessFlags {
  readonly 'token-env'?: readonly string[] | undefined;
  readonly 'hmac-env'?: readonly string[] | undefined;
}

/** Returns who may use the door. Secrets come from the environment, because everybody can read arguments. @throws {SfError} */
export function doorAccess(flags: AccessFlags, env: NodeJS.ProcessEnv = process.env): DoorAccess | undefined {
  const read = (name: string): string => secretOf(name, env);
  if (flags['token-env']) return { tokens: flags['token-env'].map(read) };
  return flags['hmac-env'] && { signingSecrets: flags['hmac-env'].map(read) };
}

function secretOf(name: string, env: NodeJS.ProcessEnv): string {
  const secret = env[name] ?? '';
  if (secret.length >= shortestSecret) return secret;
  const reason =
    secret === ''
      ? messages.getMessage('secret.missing')
      : messages.getMessage('secret.short', [shortestSecret, secret.length]);
  throw usageError(messages.createError('error.secret', [name, reason], [name]));
}
