import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { Emulator } from '../src/emulator/index.js';
import { LoyaltyClient } from '../src/index.js';
import { createProgram, harbourFeed, generateMembers, harbourRewards } from '../src/program/index.js';
import { enrollMembers, readMembers } from '../src/sync/index.js';

const root = join(import.meta.dirname, '..');
const example = join(root, 'examples/middleware.ts');

describe('the library example of the README', () => {
  let folder: string;
  let org: Emulator;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-readme-'));
    org = await Emulator.start({ settings: { allowNegativeBalance: true } });
  });
  after(async () => {
    await org.stop();
    await rm(folder, { recursive: true });
  });

  it('stands in the README as it stands in examples/', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    expect(readme).to.contain(`\`\`\`ts\n${(await readFile(example, 'utf8')).trimEnd()}\n\`\`\``);
  });

  it('mirrors a feed into an org', async function () {
    this.timeout(120_000);
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'test', clientSecret: 'test' });
    await createProgram(client, harbourRewards);
    await writeFile(join(folder, 'members.csv'), [...generateMembers({ seed: 1, members: 20 })].join(''));
    const members = readMembers(join(folder, 'members.csv'), {
      onRejection: ({ message }) => expect.fail(message),
    });
    await Array.fromAsync(enrollMembers(client, harbourRewards.name, members));
    await writeFile(
      join(folder, 'feed.csv'),
      [...harbourFeed({ seed: 1, rows: 100, members: 20, withoutMember: 0 })].join(''),
    );

    const { stdout } = await promisify(execFile)(process.execPath, [example], {
      env: {
        ...process.env,
        ORG_URL: org.url,
        CLIENT_ID: 'test',
        CLIENT_SECRET: 'test',
        PROGRAM: harbourRewards.name,
        FEED: join(folder, 'feed.csv'),
        MAPPING: join(root, 'examples/harbour-feed.yml'),
        OUTBOX: join(folder, 'outbox.sqlite'),
      },
    });
    expect(stdout).to.match(/done: 100\b/);
    expect(await client.query.count('SELECT COUNT() FROM TransactionJournal')).to.equal(100);
  });
});
