import { expect } from 'chai';
import { SyncProbeResult } from '../../src/cli/sync/probeResult.js';
import { packageSource } from '../../src/cli/packageSource.js';
import type { EmulatorOptions } from '../../src/emulator/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const field = ['--unique-field', 'Loyalty_Sync_Key__c'];
const journal = ['--member', 'HR-100001', '--journal-type', 'Probe'];

describe('loyalty sync probe', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const open = async (options: EmulatorOptions = {}): Promise<void> => {
    shop = await openShop({ members: 2, ...options });
    shop.org.store.insert('JournalType', { Name: 'Probe' });
  };
  const probe = (...args: string[]) => cli.run('sync probe', args, { org: shop.org, columns: 80 });
  const start = async (...args: string[]) => {
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    const ended = await cli.run('sync start', ['--file', file, '--map', harbourMap, '--json', ...args], {
      org: shop.org,
    });
    return reportOf(ended).notes;
  };

  it('reports what an org has, writes nothing, and fits a window of 80 columns', async () => {
    await open();
    const result = resultOf(await probe('--json'), SyncProbeResult);
    expect(result).to.include({ level: 0, clockDifference: 0 });
    expect(result.limits).to.include({ longRequests: 25, callsMax: 5_000_000 });
    expect(result.markers.state).to.equal('absent');
    const { code, stdout } = await probe();
    expect(code).to.equal(0);
    expect(stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(stdout).to.match(/^Level 0: /m);
    expect(writes(shop.org)).to.equal(0);
  });

  it('detects that the org refuses a second journal, leaves one without effect, and a run reports it', async () => {
    await open({ source: packageSource, effects: true });
    const before = (await start(...field)).find(({ code }) => code === 'level-2');
    expect(before?.message).to.include('It is assumed');

    const ledgers = shop.org.store.count('LoyaltyLedger');
    const result = resultOf(await probe(...field, ...journal, '--no-prompt', '--json'), SyncProbeResult);
    expect(result).to.include({ level: 2 });
    expect(result.markers.state).to.equal('present');
    expect(result.uniqueField).to.include({ outcome: 'honored', length: 255 });
    expect(result.uniqueField?.journals).to.have.lengthOf(1);
    expect(shop.org.store.get('TransactionJournal', result.uniqueField?.journals[0] ?? '')).to.include({
      ExternalTransactionNumber: result.uniqueField?.number,
    });
    expect(shop.org.store.count('LoyaltyLedger')).to.equal(ledgers);

    const after = (await start(...field)).find(({ code }) => code === 'level-2');
    expect(after?.message).to.match(/probed on \d{4}-\d\d-\d\d: honored\.$/);
  });

  it('detects that the org does not, and then a run has the next lower level, and reports it', async () => {
    await open({ source: packageSource, settings: { allowNegativeBalance: true, realtimeHonorsUniqueFields: false } });
    const ended = await probe(...field, ...journal, '--no-prompt', '--json');
    expect(ended.code).to.equal(68);
    const result = resultOf(ended, SyncProbeResult);
    expect(result).to.include({ level: 1 });
    expect(result.uniqueField).to.include({ outcome: 'notHonored' });
    expect(result.uniqueField?.journals).to.have.lengthOf(2);
    const notes = await start(...field);
    expect(notes.map(({ code }) => code)).to.deep.equal(['unique-field-not-honored', 'level-1', 'prefer-speed']);
    expect(notes[0]?.message).to.match(/does not honor Loyalty_Sync_Key__c \(probed on /);
  });

  it('writes nothing without asking, nor if the journal might move points', async () => {
    await open({ source: packageSource });
    const [unasked, accrual, stranger, absent] = await Promise.all([
      probe(...field, ...journal, '--json'),
      probe(...field, '--member', 'HR-100001', '--journal-type', 'Accrual', '--no-prompt', '--json'),
      probe(...field, '--member', 'HR-999999', '--journal-type', 'Probe', '--no-prompt', '--json'),
      probe('--unique-field', 'Loyalty_Sync_Kee__c', '--json'),
    ]);
    expect(errorOf(unasked).message).to.equal(
      'The probe asks before it writes, but nobody can answer the prompt here.',
    );
    expect(errorOf(accrual).message).to.equal(
      'The process "Accrual" of Harbour Rewards takes journals of the type Accrual. Nothing was written.',
    );
    expect(errorOf(stranger).name).to.equal('UnknownMemberError');
    expect(errorOf(absent).message).to.include('did you mean Loyalty_Sync_Key__c?');
    expect(writes(shop.org)).to.equal(0);
  });

  it('does not take a lost answer for proof', async () => {
    await open({ source: packageSource });
    const match = { path: '/connect/realtime/*' };
    shop.org.faults.replace({ rules: [{ fault: 'reset', committed: true, count: 1, match }] });
    const ended = await probe(...field, ...journal, '--no-prompt', '--json');
    expect(ended.code).to.equal(69);
    expect(resultOf(ended, SyncProbeResult).uniqueField).to.include({ outcome: 'unknown' });
    expect((await start(...field)).find(({ code }) => code === 'level-2')?.message).to.include('It is assumed');
  });
});
