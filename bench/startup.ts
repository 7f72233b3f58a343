import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { say } from './processes.js';

const root = join(import.meta.dirname, '..');
const rounds = 7;

/** A command that does nothing but parse the flags that most of our commands have. */
const emptyCommand = `
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
export default class Show extends SfCommand {
  static summary = 'Show nothing.';
  static flags = { 'target-org': Flags.requiredOrg(), 'api-version': Flags.orgApiVersion() };
  async run() {
    await this.parse(Show);
  }
}
`;

/**
 * Compares the start of our commands, in processor time, with an empty `SfCommand` and with a command of the Salesforce
 * CLI (`sf`, or the one that `SF_BIN` names). Both plugins are packed and installed as users do it, in a home folder that
 * is removed afterwards.
 */
export async function benchStartup(): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
  try {
    const cli = new InstalledCli(home);
    await cli.install(root);
    await cli.install(await emptyPlugin(home));
    cli.compare([
      'data query --help',
      'empty show --help',
      'loyalty list progress --help',
      'loyalty sync start --help',
    ]);
    // There is no such org, so each command ends when it has parsed its flags.
    cli.compare(
      [
        'empty show',
        'loyalty list progress',
        'loyalty credit points --member M --points 1',
        'loyalty sync start --file feed.csv --map map.yml',
      ].map((words) => `${words} --target-org nobody`),
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

class InstalledCli {
  readonly #bin = process.env['SF_BIN'] ?? 'sf';
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(home: string) {
    this.#home = home;
    this.#env = {
      ...process.env,
      HOME: home,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      SF_AUTOUPDATE_DISABLE: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
  }

  /** Packs the plugin in a folder and installs it. */
  async install(folder: string): Promise<void> {
    const packed = await mkdtemp(join(this.#home, 'packed-'));
    this.#call('npm', ['pack', '--pack-destination', packed], folder);
    const [tarball = ''] = await readdir(packed);
    const name = `file:${join(packed, tarball)}`;
    await mkdir(join(this.#home, '.config/sf'), { recursive: true });
    await writeFile(join(this.#home, '.config/sf/unsignedPluginAllowList.json'), JSON.stringify([name]));
    this.#call(this.#bin, ['plugins', 'install', name], this.#home);
  }

  /** Prints the median of each command and its ratio to the first. The commands take turns. */
  compare(commands: readonly string[]): void {
    const seconds = commands.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      commands.forEach((command, index) => seconds[index]?.push(this.#secondsOf(command)));
    }
    const medians = seconds.map((each) => each.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN);
    say('\n| `sf …`, processor time | seconds | ratio |\n|---|---|---|');
    commands.forEach((command, index) => {
      const median = medians[index] ?? NaN;
      say(`| \`${command}\` | ${median.toFixed(2)} | ${(median / (medians[0] ?? NaN)).toFixed(2)} |`);
    });
  }

  /** The shell tells the processor time of its children: minutes and seconds, user and system. */
  #secondsOf(command: string): number {
    const script = '"$@" >/dev/null 2>&1; times';
    const output = this.#call('sh', ['-c', script, 'sh', this.#bin, ...command.split(' ')], this.#home);
    const [, children = ''] = output.split('\n');
    return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
      0,
    );
  }

  #call(file: string, args: readonly string[], cwd: string): string {
    return execFileSync(file, args, { cwd, env: this.#env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

/** Makes a plugin that has one empty command. Returns its folder. */
async function emptyPlugin(home: string): Promise<string> {
  const folder = join(home, 'empty');
  const ours = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const needed = ['@salesforce/sf-plugins-core', '@oclif/core'];
  await mkdir(join(folder, 'lib/commands/empty'), { recursive: true });
  await writeFile(join(folder, 'lib/commands/empty/show.js'), emptyCommand);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'sf-plugin-empty',
      version: '1.0.0',
      type: 'module',
      files: ['/lib', '/oclif.manifest.json'],
      oclif: { bin: 'sf', commands: './lib/commands', topicSeparator: ' ', flexibleTaxonomy: true },
      dependencies: Object.fromEntries(needed.map((name) => [name, ours.dependencies[name]])),
    }),
  );
  // A manifest, so that its help is as quick as it can be.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [join(root, 'node_modules/oclif/bin/run.js'), 'manifest', folder], { cwd: root });
  return folder;
}
