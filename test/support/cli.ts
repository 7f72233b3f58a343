import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import PQueue from 'p-queue';
import { z } from 'zod';
import { hostsOfWidth } from './commandHosts.js';
import { shippedPlugin } from './shippedPlugin.js';

/** Where a command sends its requests: a local org, or a relay in front of one. */
export interface Target {
  readonly url: string;
  readonly accessToken: string;
}

export interface RunOptions {
  /** Passed to the command as `--target-org`. Without it, the command gets no org. */
  readonly org?: Target | undefined;
  /** A command that reads standard input needs one, if only an empty one. */
  readonly stdin?: string | undefined;
  /** Width of the window. A command without a terminal reads it from COLUMNS. */
  readonly columns?: number | undefined;
  /** A script for a POSIX shell that runs the command as `"$@"`. */
  readonly shell?: string | undefined;
}

/** How a process ended. A process that was killed has no code. */
export interface Ended {
  /** Such as `list progress`. */
  readonly command: string;
  readonly columns: number | undefined;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Yields the lines that it prints, while it prints them. */
  lines(): AsyncIterable<string>;
  /** The same, for standard error. */
  errorLines(): AsyncIterable<string>;
  kill(signal: NodeJS.Signals): void;
  /** Sends Ctrl-C, and gives the process time to notice. */
  interrupt(): Promise<void>;
}

/** The real command line, in separate processes with a temporary home folder. */
export class Cli implements AsyncDisposable {
  readonly #children = new Set<ChildProcess>();
  /** More processes at a time only wait for each other's processor. */
  readonly #few = new PQueue({ concurrency: 3 });

  private constructor(
    readonly home: string,
    readonly plugin: string,
  ) {}

  static async create(): Promise<Cli> {
    return new Cli(await mkdtemp(join(tmpdir(), 'loyalty-cli-')), await shippedPlugin());
  }

  path(...names: string[]): string {
    return join(this.home, ...names);
  }

  /** Writes a file into the home folder and returns its path. */
  async file(name: string, content: string | Buffer): Promise<string> {
    await writeFile(this.path(name), content);
    return this.path(name);
  }

  /**
   * Runs `sf loyalty …` and waits for its end. To start the CLI takes far longer than most commands, so commands that
   * need no process of their own run one after another in the same one.
   */
  async run(words: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Ended> {
    const { org, stdin, columns, shell } = options;
    if (stdin !== undefined || shell !== undefined) return this.runAlone(words, args, options);
    const given = ['loyalty', ...words.split(' '), ...args, ...(org ? ['--target-org', org.accessToken] : [])];
    const env = this.#environment(org);
    const end = await hostsOfWidth(columns).run({ root: this.plugin, args: given, cwd: this.home, env });
    return { command: words, columns, ...end };
  }

  /** Runs a command in a process of its own, a few at a time. */
  runAlone(words: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Ended> {
    return this.#few.add(() => this.start(words, args, options).ended);
  }

  /** Starts a command. @param words such as `sync start` */
  start(words: string, args: readonly string[] = [], { org, stdin, columns, shell }: RunOptions = {}): Running {
    const target = org ? ['--target-org', org.accessToken] : [];
    const argv = [
      process.execPath,
      join(this.plugin, 'bin/run.js'),
      'loyalty',
      ...words.split(' '),
      ...args,
      ...target,
    ];
    const [program = '', ...given] = shell === undefined ? argv : ['sh', '-c', shell, 'sh', ...argv];
    const child = spawn(program, given, {
      cwd: this.home,
      env: { ...this.#environment(org), ...(columns && { COLUMNS: String(columns) }) },
    });
    this.#children.add(child);
    child.stdin.end(stdin);
    const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
      ([, stdout, stderr]) => ({ command: words, columns, code: child.exitCode, stdout, stderr }),
    );
    const interrupt = async (): Promise<void> => {
      child.kill('SIGINT');
      await setTimeout(200);
    };
    return {
      pid: child.pid ?? 0,
      ended,
      lines: () => createInterface({ input: child.stdout }),
      errorLines: () => createInterface({ input: child.stderr }),
      kill: (signal) => void child.kill(signal),
      interrupt,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    // A process that was just killed may have written its last line of the log meanwhile.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }

  /** Returns an environment without the logins, settings, language and time zone of the person who runs the tests. */
  #environment(org: Target | undefined): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.home,
      USERPROFILE: this.home,
      LOCALAPPDATA: this.home,
      TMPDIR: tmpdir(),
      NODE_COMPILE_CACHE: join(this.plugin, 'compiled'),
      LC_ALL: 'en_US.UTF-8',
      TZ: 'UTC',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      ...(org && { SF_ORG_INSTANCE_URL: org.url }),
    };
  }
}

/** Returns what a command printed with `--json`, after checking that it is one document of the documented shape. */
export function resultOf<S extends z.ZodType>(ended: Ended, schema: S): z.infer<S> {
  const { status, result } = Success.parse(documentOf(ended));
  expect(status, 'status in the document').to.equal(ended.code);
  const parsed = schema.parse(result);
  expect(parsed, 'nothing but what the schema has').to.deep.equal(result);
  return parsed;
}

/** Returns the error that a command printed with `--json`. */
export function errorOf(ended: Ended): z.infer<typeof Failure> {
  const failure = Failure.parse(documentOf(ended));
  expect(failure.status, 'status in the document').to.equal(ended.code);
  // All these errors are meant for people: no stack trace, no output of a validator.
  expect(failure.message).to.not.match(/\n\s+at |undefined|\[object/);
  return failure;
}

const Success = z.object({ status: z.number(), result: z.unknown() });
const Failure = z.object({
  status: z.number(),
  name: z.string(),
  message: z.string(),
  actions: z.array(z.string()).optional(),
  data: z.unknown().optional(),
});

function documentOf({ code, stdout, stderr }: Ended): unknown {
  try {
    return JSON.parse(stdout) as unknown;
  } catch {
    throw new Error(`Exit code ${code}, and no JSON document:\n${stdout}\n${stderr}`);
  }
}

/** Checks that the text fits a window of 80 columns. Paths can be longer. */
export function expectToFit({ stdout }: Ended): void {
  const tooLong = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(tmpdir()));
  expect(tooLong).to.deep.equal([]);
}
