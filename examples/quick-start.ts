/**
 * `npm start`: a loyalty program on this machine, from nothing to "75 % there".
 *
 * Starts a local org and seeds it from a folder: the example program, its members, and a feed of purchases, which are
 * generated from a number. Shows the result, and leaves nothing behind. `sf loyalty seed org` does the same in any org.
 *
 * `npm start -- --keep`: does the same, and keeps the org running until Ctrl-C, for commands in another terminal.
 */
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from '../src/base/text/commandLine.js';
import { printable } from '../src/base/text/printable.js';
import { shellOf, variableLine } from '../src/base/text/shell.js';
import { bar } from '../src/cli/terminal/terminalText.js';
import { withStages } from '../src/cli/sync/progressStages.js';
import { Emulator } from '../src/emulator/index.js';
import { LoyaltyClient } from '../src/index.js';
import {
  harbourFeed,
  generateMembers,
  harbourRewards,
  ProgramDefinition,
  seedOrg,
  writeDefinition,
} from '../src/seed/index.js';
import type { SeedReport } from '../src/seed/index.js';
import { SqliteOutbox } from '../src/sync/index.js';
import type { SyncReport } from '../src/sync/index.js';

const seed = 2026;
const members = 200;
const rows = 3000;
const program = harbourRewards.name;
const fromClone = {
  posix: "npm run build && alias sf='npx node bin/run.js'",
  powershell: 'npm run build; function sf { npx node bin/run.js @args }',
};
/** Prints a line. It may contain text from an org. */
const say = (line = ''): void => console.log(printable(line));

const folder = await mkdtemp(join(tmpdir(), 'loyalty-'));
try {
  await using org = await Emulator.start({ settings: { allowNegativeBalance: true } });
  say(`A local org listens on ${org.url}.`);
  const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'quick-start', clientSecret: 'none' });

  await writeSeeds();
  say(`Seeding it from a folder with a program, ${members} members and a feed of ${rows.toLocaleString()} purchases:`);
  await using outbox = await SqliteOutbox.open(join(folder, 'outbox.sqlite'));
  const { stages } = await withStages({ silent: false, log: say }, (onProgress) =>
    seedOrg(client, folder, {
      outbox,
      onProgress: (progress) => {
        if (progress.stage === 'history') onProgress(progress.sync);
      },
    }),
  );
  showSeeded(stages);
  if (stages.history.report) showCounts(stages.history.report.counts);
  const member = await showMember(client);
  if (process.argv.includes('--keep')) await keep(org, member);
  else showNextSteps();
} finally {
  await rm(folder, { recursive: true });
}

/** Writes a seed folder. docs/ci.md says what one can have. */
async function writeSeeds(): Promise<void> {
  const history = join(folder, 'history');
  await mkdir(history);
  await writeFile(join(folder, 'program.yml'), writeDefinition(ProgramDefinition.parse(harbourRewards)));
  await writeFile(join(folder, 'members.csv'), [...generateMembers({ seed, members })].join(''));
  await writeFile(join(history, 'purchases.csv'), [...harbourFeed({ seed, rows, members })].join(''));
  await cp(join(import.meta.dirname, 'harbour-feed.yml'), join(history, 'mapping.yml'));
}

function showSeeded({ program: { objects }, members: { counts } }: SeedReport['stages']): void {
  const created = objects.reduce((sum, object) => sum + object.created, 0);
  say(`Created the program "${program}": ${created} records, among them two currencies and three tiers.`);
  say(`Enrolled ${counts.enrolled} members.`);
}

function showCounts({ rows: read, transactions, items }: SyncReport['counts']): void {
  say();
  say(`  rows          ${read.read} read = ${read.used} used + ${read.skipped} skipped + ${read.rejected} rejected`);
  const { made, new: fresh, known, repeated, conflict } = transactions;
  say(`  transactions  ${made} made = ${fresh} new + ${known} known + ${repeated} repeated + ${conflict} in conflict`);
  const { done, sentNow, found, refused, ready, sent, unknown } = items;
  say(
    `  in the org    ${done} done = ${sentNow} sent now + ${found} found; ${refused} refused, ${ready + sent + unknown} open`,
  );
  say(
    `  The ${read.rejected} rejected rows are receipts of customers who are not members: "sync start" lists each with its reason.`,
  );
}

/** Shows the member whose progress in a promotion is nearest to three quarters. */
async function showMember(client: LoyaltyClient): Promise<string> {
  const progress = await client.progress.list(program);
  const distance = ({ percent }: { percent: number | null }): number => Math.abs((percent ?? 0) - 75);
  const [nearest] = progress.toSorted((a, b) => distance(a) - distance(b));
  if (!nearest) return '';
  const { membershipNumber: member } = nearest;
  const { currencies, tiers } = await client.members.balances(program, member);
  say();
  say(`Member ${member}, ${tiers.map(({ tierName }) => tierName).join(', ')}`);
  for (const { currencyName, pointsBalance } of currencies) {
    say(`  ${currencyName.padEnd(20)}${pointsBalance.toFixed(2).padStart(10)}`);
  }
  for (const { promotionName, completed, target, percent } of await client.progress.list(program, { member })) {
    const there = (percent ?? 0) >= 100 ? 'reached' : `${Math.floor(percent ?? 0)} % there`;
    say(`  ${promotionName.padEnd(20)}${bar(percent ?? 0)} ${there} (${completed} of ${target ?? '–'})`);
  }
  return member;
}

async function keep({ url, accessToken }: Emulator, member: string): Promise<void> {
  say();
  say(`The org runs until Ctrl-C; ${url} shows it in a browser. In another terminal, in this folder:`);
  say(`  ${variableLine('SF_ORG_INSTANCE_URL', url)}`);
  say(`  ${variableLine('SF_TARGET_ORG', accessToken)}`);
  say(`  ${fromClone[shellOf()]}   # unless the plugin is installed into sf`);
  say(`  ${commandLine('list progress', { near: 75 })}`);
  say(`  ${commandLine('list promotions', { member })}`);
  say(`  ${commandLine('update progress', { member, promotion: 'Harbour regular', by: 2 })}`);
  say(`  ${commandLine('credit points', { member, points: 50 })}`);
  const file = join(folder, 'history', 'purchases.csv');
  say(`  ${commandLine('sync start', { file, map: 'examples/harbour-feed.yml' })}`);
  say('  The last one finds in the org what this example has sent, and ends with 68 because of the rejected rows.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

function showNextSteps(): void {
  say();
  say('With your own org and the plugin installed into sf:');
  say('  sf org login web --alias loyalty');
  say('  sf loyalty seed org --folder examples/seed --plan --target-org loyalty');
  say('  sf loyalty enroll member --file members.csv --program "<your program>" --target-org loyalty');
  say('  sf loyalty sync start --file purchases.csv --map mapping.yml --program "<your program>" --target-org loyalty');
  say('  sf loyalty list progress --near 75 --program "<your program>" --target-org loyalty');
  say('Without an org, continue with the local org of this example: npm start -- --keep');
}
