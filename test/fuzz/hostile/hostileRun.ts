import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '../../../src/base/random.js';
import type { Random } from '../../../src/base/random.js';
import { Cli } from '../../support/cli.js';
import type { Ended, Running } from '../../support/cli.js';
import { harbourMap } from '../../support/cliFeed.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';
import { hostileAnswer } from './hostileAnswers.js';
import { hostileCsv, hostileMapping, hostileNdjson } from './hostileFiles.js';
import { hostileText, pick } from './hostileText.js';

/** Milliseconds. No command may take longer, whatever its input. */
const longest = 120_000;
/**
 * Characters that a terminal obeys or does not show. Line feeds and tabs are ours; without a terminal nothing is
 * colored.
 */
const hidden = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;
/** Where a command may write besides its own folder: what `sf` keeps in a home folder. */
const ownFolders = new Set(['.sf', '.sfdx', '.local', '.config', '.cache', 'sf']);

export interface HostileOptions {
  readonly count: number;
  readonly seed: number;
  readonly onEnded?: (line: string) => void;
}

/** Runs this many commands with hostile input, and returns what they did wrong. */
export async function hostileRun({ count, seed, onEnded }: HostileOptions): Promise<string[]> {
  await using shop = await openShop({ members: 4 });
  await using cli = await Cli.create();
  const mapping = await readFile(harbourMap, 'utf8');
  const failures: string[] = [];
  for (let index = 0; index < count; index++) {
    const attack = new HostileCommand({ shop, cli, mapping, random: seededRandom(seed + index) });
    for (const fault of await attack.faults(`box-${seed + index}`)) failures.push(`seed ${seed + index}: ${fault}`);
    onEnded?.(`seed ${seed + index}: ${attack.told}`);
  }
  return failures;
}

interface Attacked {
  readonly shop: Shop;
  readonly cli: Cli;
  readonly mapping: string;
  readonly random: Random;
}

/** One command, with files and answers derived from one seed. */
class HostileCommand {
  told = '';
  readonly #attacked: Attacked;

  constructor(attacked: Attacked) {
    this.#attacked = attacked;
  }

  async faults(box: string): Promise<string[]> {
    const { shop, cli, random } = this.#attacked;
    const spoils = random.next() < 0.5 ? random.next() * 0.5 : 0;
    await using relay = await Relay.open(shop.org, {
      before: (call) => (random.next() < spoils ? hostileAnswer(random, call, shop.org.accessToken) : undefined),
    });
    const before = await listing(cli.home);
    const [words, args] = await this.#command(box);
    const isJson = random.next() < 0.3;
    const running = cli.start(words, isJson ? [...args, '--json'] : args, { org: relay });
    const ended = await endedInTime(running);
    this.told = `${words} ended with ${ended.code}`;
    const outside = (await listing(cli.home)).filter((path) => !before.includes(path) && !isAllowed(path, box));
    return [...faultsOf(ended, shop.org.accessToken), ...outside.map((path) => `wrote ${path}`)].map(
      (fault) => `${words}: ${fault}`,
    );
  }

  async #command(box: string): Promise<readonly [string, readonly string[]]> {
    const { shop, cli, mapping, random } = this.#attacked;
    const isJson = random.next() < 0.3;
    const name = `${box}-feed.${isJson ? 'ndjson' : 'csv'}`;
    const feed = await cli.file(name, (isJson ? hostileNdjson : hostileCsv)(random, shop.members));
    const map = await cli.file(`${box}-map.yml`, hostileMapping(random, mapping));
    const member = random.next() < 0.5 ? hostileText(random).slice(0, 5_000).replaceAll('\0', '') : 'HR-100001';
    const key = hostileText(random).slice(0, 5_000).replaceAll('\0', '');
    const outbox = ['--outbox', cli.path(box, 'outbox.sqlite')];
    const results = ['--results-dir', cli.path(box, 'results')];
    return pick<readonly [string, readonly string[]]>(random, [
      ['sync start', ['--file', feed, '--map', map, ...outbox, ...results, '--wait', '1']],
      ['sync start', ['--file', feed, '--map', harbourMap, ...outbox, ...results, '--wait', '1']],
      ['sync start', ['--file', feed, '--map', map, '--dry-run', ...outbox]],
      ['enroll member', ['--file', feed, '--program', 'Harbour Rewards']],
      [
        'credit points',
        [`--member=${member}`, '--points', '5', `--key=${key}`, '--program', 'Harbour Rewards', ...outbox],
      ],
      ['list promotions', [`--member=${member}`]],
      ['list progress', [`--member=${member}`, '--program', 'Harbour Rewards']],
      ['list progress', [`--program=${key}`]],
    ]);
  }
}

async function endedInTime(running: Running): Promise<Ended & { readonly hung?: boolean }> {
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    running.kill('SIGKILL');
  }, longest);
  const ended = await running.ended;
  clearTimeout(timer);
  return { ...ended, hung };
}

function faultsOf({ code, stdout, stderr, hung }: Ended & { readonly hung?: boolean }, token: string): string[] {
  const printed = stdout + stderr;
  const faults: string[] = [];
  if (hung) faults.push('hung');
  else if (code === null || ![0, 1, 2, 68, 69].includes(code)) faults.push(`ended with ${code}`);
  const raw = [...printed.matchAll(hidden)].find(({ 0: text }) => text !== '\n' && text !== '\t');
  if (raw) faults.push(`printed ${JSON.stringify(around(printed, raw.index))}`);
  const stack = /\n\s+at .+[:(]\d+|node:internal/.exec(printed);
  if (stack) faults.push(`printed a stack: ${around(printed, stack.index)}`);
  if (printed.includes(token)) faults.push('printed the access token');
  if (printed.length > 100_000) faults.push(`printed ${printed.length} characters`);
  return faults;
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 80), index + 80);
}

function isAllowed(path: string, box: string): boolean {
  const [first = ''] = path.split('/');
  return first.startsWith(box) || ownFolders.has(first);
}

/** Lists the paths of all files below the folder, with the time of their last change. */
async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
      return `${path.slice(folder.length + 1)} ${mtimeMs}`;
    }),
  );
}
