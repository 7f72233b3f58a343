import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const sfBin = process.env['SF_BIN'] ?? 'sf';

/** One document of `--json`. */
export interface SfAnswer {
  readonly status: number;
  // Each command has a shape of its own; the tests say which.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly result: any;
  readonly message?: string;
}

/** What a command printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string | undefined;
}

/** The Salesforce CLI that is installed here, or that `SF_BIN` names, with a home folder that is thrown away. */
export class SalesforceCli implements AsyncDisposable {
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
  }

  static async create(): Promise<SalesforceCli> {
    return new SalesforceCli(await mkdtemp(join(tmpdir(), 'loyalty-sf-')));
  }

  /** Where commands run: empty at first, and the home folder too. */
  get folder(): string {
    return this.#home;
  }

  /** What a pipeline does, where nobody is there to say yes. @param plugin as it will be named to `plugins install` */
  async allowUnsigned(plugin: string): Promise<void> {
    const folder = join(this.#home, '.config', 'sf');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'unsignedPluginAllowList.json'), JSON.stringify([plugin]));
  }

  /** Writes a file into the home folder. @returns its path */
  async file(name: string, content: string): Promise<string> {
    const path = join(this.#home, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** Runs `sf … --json`; whatever it answers is its document. */
  async run(words: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<SfAnswer> {
    const output = await this.text([...words.split(' '), ...args, '--json'], env);
    return JSON.parse(output.slice(output.indexOf('{'))) as SfAnswer;
  }

  /** What `sf` prints. */
  async text(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { stdout, stderr, error } = await this.#call(args, { env });
    // A command that fails still prints a document.
    if (error && !stdout.includes('{')) throw new Error(`sf ${args.join(' ')}: ${error.message}\n${stderr}`);
    return stdout;
  }

  /** All that a command printed that prints no document. @param stdin what somebody types. @throws {Error} when it fails */
  async printed(args: readonly string[], { stdin }: { stdin?: string } = {}): Promise<Printed> {
    const { stdout, stderr, error } = await this.#call(args, { stdin });
    if (error) throw new Error(`sf ${args.join(' ')}: ${error.message}\n${stdout}\n${stderr}`);
    return { stdout, stderr };
  }

  #call(args: readonly string[], { env, stdin }: Given): Promise<Printed & { error: Error | null }> {
    return new Promise((resolve) => {
      const options = { cwd: this.#home, env: { ...process.env, ...this.#env, ...env }, maxBuffer: 2 ** 26 };
      const child = execFile(sfBin, args, options, (error, stdout, stderr) => {
        resolve({ error, stdout, stderr });
      });
      child.stdin?.end(stdin);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#home, { recursive: true });
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      HOME: this.#home,
      // Some commands call the CLI again, by its name.
      PATH: [dirname(sfBin), process.env['PATH']].join(delimiter),
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_DISABLE_LOG_FILE: 'true',
    };
  }
}
