import { Messages } from '@salesforce/core';
import { shortestSecret } from '../../door/index.js';
import type { DoorAccess } from '../../door/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');

/** Where a door is if nobody says otherwise. */
export const usualDoor = { host: '127.0.0.1', port: 8367 } as const;

type FlagWord = string | number | boolean | readonly string[] | undefined;

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

interface DoorFlags extends AccessFlags {
  readonly host: string;
  readonly port: number;
  readonly verbose: boolean;
}

/** Returns the flags of a door that the next one needs, too, to be found and used like this one. */
export function doorWords({ host, port, verbose, ...flags }: DoorFlags): Readonly<Record<string, FlagWord>> {
  return {
    host: host === usualDoor.host ? undefined : host,
    port: port === usualDoor.port ? undefined : port,
    'token-env': flags['token-env'],
    'hmac-env': flags['hmac-env'],
    verbose,
  };
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
