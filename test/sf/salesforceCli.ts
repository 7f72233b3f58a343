import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One document of `--json`. */
export interface SfAnswer {
  readonly status: number;
  // Each command has a shape of its own; the tests say which.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly result: any;
  readonly message?: string;
}

/** The Salesforce CLI that is installed here, or that `SF_BIN` names, with a home folder that is thrown away. */
export class SalesforceCli implements AsyncDisposable {
  private constructor(private readonly home: string) {}

  public static async create(): Promise<SalesforceCli> {
    return new SalesforceCli(await mkdtemp(join(tmpdir(), 'loyalty-sf-')));
  }

  /** Writes a file into the home folder. @returns its path */
  public async file(name: string, content: string): Promise<string> {
    const path = join(this.home, name);
    await writeFile(path, content);
    return path;
  }

  /** Runs `sf … --json`; whatever it answers is its document. */
  public async run(words: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<SfAnswer> {
    const output = await this.text([...words.split(' '), ...args, '--json'], env);
    return JSON.parse(output.slice(output.indexOf('{'))) as SfAnswer;
  }

  /** What `sf` prints. */
  public text(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { cwd: this.home, env: { ...process.env, ...this.#env, ...env }, maxBuffer: 2 ** 26 };
      execFile(process.env['SF_BIN'] ?? 'sf', args, options, (error, stdout, stderr) => {
        // A command that fails still prints a document.
        if (error && !stdout.includes('{')) reject(new Error(`sf ${args.join(' ')}: ${error.message}\n${stderr}`));
        else resolve(stdout);
      });
    });
  }

  public async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.home, { recursive: true });
  }

  get #env(): NodeJS.ProcessEnv {
    return {
      HOME: this.home,
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_DISABLE_LOG_FILE: 'true',
    };
  }
}
