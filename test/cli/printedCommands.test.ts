import { expect } from 'chai';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SfError } from '@salesforce/core';
import { orgName } from '../../src/cli/orgName.js';
import { explainedError } from '../../src/cli/errors/actionableErrors.js';
import { NoOutboxError, OpenItemsError, OutboxTakenError } from '../../src/outbox/index.js';
import { PendingTransactionError, UnfinishedRunError } from '../../src/sync/index.js';
import { UnknownMemberError } from '../../src/client/index.js';

const mapped = { program: 'P', source: 'till', files: ['/f.csv'], mapping: { name: 'till.yml', text: '' } };
const stopped = { code: 'FeedError', message: '' };
const root = join(import.meta.dirname, '../..');

describe('printed commands', () => {
  for (const [error, ...commands] of [
    [
      new NoOutboxError('/tmp/$(touch X)/o.sqlite'),
      "sf loyalty sync start --file FILE --map MAP --outbox '/tmp/$(touch X)/o.sqlite' --target-org me@x.example",
    ],
    [
      new OpenItemsError('M-1', 2, '/o.sqlite'),
      'sf loyalty sync resume --outbox /o.sqlite --target-org me@x.example',
      'sf loyalty sync retry --outbox /o.sqlite --target-org me@x.example',
    ],
    [
      new OutboxTakenError('/o.sqlite', 'somebody works on it'),
      'sf loyalty sync resume --outbox /o.sqlite --target-org me@x.example',
    ],
    [
      new UnfinishedRunError({ id: 'r-1', settings: {}, stopped: undefined }, '/o.sqlite'),
      'sf loyalty sync resume --run r-1 --outbox /o.sqlite --target-org me@x.example',
    ],
    [
      new UnfinishedRunError({ id: 'r-1', settings: mapped, stopped: { ...stopped, startAgain: true } }, '/o.sqlite'),
      'sf loyalty sync start --file /f.csv --map till.yml --source till --program P --outbox /o.sqlite --target-org me@x.example',
    ],
    [
      new PendingTransactionError('k', '0lVAb0000000001AAA'),
      'sf loyalty execute transactions --journal 0lVAb0000000001AAA --target-org me@x.example',
    ],
    [
      new UnknownMemberError('M-1', 'Harbour Rewards'),
      "sf loyalty enroll member --program 'Harbour Rewards' --member M-1 --last-name LAST_NAME --target-org me@x.example",
    ],
  ] as const) {
    it(`are complete, with outbox and org: ${error.name}`, () => {
      const explained = explainedError(error, { orgName: 'me@x.example' });
      const actions = explained instanceof SfError ? (explained.actions ?? []) : [];
      expect(actions.flatMap((action) => /sf loyalty .*$/.exec(action) ?? [])).to.deep.equal(commands);
    });
  }

  it('deliver as the command did that failed, and a run goes on as it began', () => {
    const delivery = { route: 'credit-points', process: 'Gift points', settle: 5, 'keep-payloads': true } as const;
    const commandsFor = (error: Error): string[] => {
      const explained = explainedError(error, { orgName: 'me@x.example', delivery });
      const actions = explained instanceof SfError ? (explained.actions ?? []) : [];
      return actions.flatMap((action) => /sf loyalty .*$/.exec(action) ?? []);
    };
    const flags = "--outbox /o.sqlite --route credit-points --process 'Gift points' --settle 5 --keep-payloads";
    expect(commandsFor(new OpenItemsError('M-1', 2, '/o.sqlite'))).to.deep.equal([
      `sf loyalty sync resume ${flags} --target-org me@x.example`,
      `sf loyalty sync retry ${flags} --target-org me@x.example`,
    ]);
    const settings = { ...mapped, delivery: { route: 'progress' } };
    expect(commandsFor(new UnfinishedRunError({ id: 'r-1', settings, stopped: undefined }, '/o.sqlite'))).to.deep.equal(
      ['sf loyalty sync resume --run r-1 --outbox /o.sqlite --route progress --target-org me@x.example'],
    );
  });

  it('go on with what happened to an outbox, and resume no run that it may not know', () => {
    const adviceOn = (error: Error): readonly string[] => {
      const explained = explainedError(error, { orgName: 'me@x.example' });
      return explained instanceof SfError ? (explained.actions ?? []) : [];
    };
    expect(adviceOn(OutboxTakenError.moved('/o.sqlite'))).to.deep.equal([
      'Put it back beside its -wal file. Then resume the run; nothing is sent twice.',
      'sf loyalty sync resume --outbox /o.sqlite --target-org me@x.example',
    ]);
    for (const error of [OutboxTakenError.replaced('/o.sqlite'), OutboxTakenError.goneBack('postgres://db/x')])
      expect(adviceOn(error)).to.deep.equal([...error.actions]);
  });

  it('name an org that is known by its access token only as a value to write', () => {
    expect(orgName({ username: '00D000000000001!AQEAQ' })).to.equal(null);
    const commands = [null, undefined].map((org) => {
      const explained = explainedError(new OutboxTakenError('/o.sqlite', 'somebody works on it'), {
        orgName: org,
      });
      return explained instanceof SfError ? (explained.actions ?? []).join() : '';
    });
    expect(commands[0]).to.match(/sf loyalty sync resume --outbox \/o\.sqlite --target-org TARGET_ORG$/);
    expect(commands[1]).to.match(/sf loyalty sync resume --outbox \/o\.sqlite$/);
  });

  it('are all built and quoted in one place', async () => {
    // These are about a record in the org.
    const others = ['src/verify/makeProbeProgram.ts'];
    for await (const file of glob(['src/**/*.ts', 'messages/*.md'], { cwd: root })) {
      if (others.includes(file)) continue;
      const lines = (await readFile(join(root, file), 'utf8')).split('\n');
      const written = lines.filter((line) => !/^\s*(\/\*\*|\*|\/\/)/.test(line) && !line.includes('<%= config.bin %>'));
      expect(
        written.filter((line) => /sf loyalty/.test(line)),
        `${file}: commandLine() makes commands`,
      ).to.deep.equal([]);
      const places = file.startsWith('messages') ? written.filter((line) => /<[a-z][a-z -]*>/.test(line)) : [];
      expect(places, `${file}: a shell takes < and > for files`).to.deep.equal([]);
    }
  });
});
