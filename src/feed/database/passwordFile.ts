import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a line of a password file is about. */
interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/**
 * Returns the password that the password file of PostgreSQL has for a login (PGPASSFILE, or .pgpass in the home folder).
 * A file that others can read is not used, as psql does not either
 * (https://www.postgresql.org/docs/current/libpq-pgpass.html).
 */
export async function filedPassword(login: Login): Promise<string | undefined> {
  const path = process.env['PGPASSFILE'] ?? defaultPath();
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return undefined;
    return passwordIn(await readFile(path, 'utf8'), login);
  } catch {
    return undefined;
  }
}

function defaultPath(): string {
  if (process.platform !== 'win32') return join(homedir(), '.pgpass');
  return join(process.env['APPDATA'] ?? homedir(), 'postgresql', 'pgpass.conf');
}

/** A line is `host:port:database:user:password`; `*` stands for anything, and `\` escapes a colon or itself. */
function passwordIn(text: string, { host, port, database, user }: Login): string | undefined {
  const wanted = [host.startsWith('/') ? 'localhost' : host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const parts = line.match(/(?:\\.|[^:\\])+/g)?.map((part) => part.replaceAll(/\\(.)/g, '$1')) ?? [];
    if (parts.length === 5 && wanted.every((each, index) => parts[index] === '*' || parts[index] === each))
      return parts[4];
  }
  return undefined;
}
