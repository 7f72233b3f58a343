import { expect } from 'chai';
import { EnrollMemberResult } from '../../src/cli/results/memberResults.js';
import { Cli, errorOf, expectToFit, resultOf } from '../support/cli.js';
import { openShop, seen, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { fieldFile, SourceFolder } from '../emulator/source/sourceFolder.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const header = 'membershipNumber,firstName,lastName,email,enrollmentDate';

describe('loyalty enroll member', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 0 });
    cli = await Cli.create();
  });

  beforeEach(() => shop.org.requests.reset());

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const enrollments = (): number => seen(shop.org, 'POST', '/individual-member-enrollments');
  const isMember = async (number: string): Promise<boolean> =>
    (await shop.client.members.find('Harbour Rewards', [number])).length === 1;

  it('enrolls one person, and recognizes the person the second time', async () => {
    const person = ['--member', 'WX-20417', '--first-name', 'Ines', '--last-name', 'Okafor', '--channel', 'Store'];
    const first = await cli.run('enroll member', person, { org: shop.org, columns: 80 });
    expectScreen('enroll member', first, [
      onlyProgram,
      'Harbour Rewards: 1 enrolled, 0 already enrolled, 0 failed, 0 unknown.',
    ]);
    expect(first.code).to.equal(0);

    const second = await cli.run('enroll member', [...person, '--json'], { org: shop.org });
    const { records, counts } = resultOf(second, EnrollMemberResult);
    expect(records.map(({ key, status }) => `${key} ${status}`)).to.deep.equal(['WX-20417 exists']);
    expect(records[0]?.memberId).to.match(/^0lM/);
    expect(counts).to.deep.equal({ enrolled: 0, exists: 1, failed: 0, unknown: 0, open: 0 });
    expect(enrollments()).to.equal(1);
    const [contact] = shop.org.store.find('Contact', { LastName: 'Okafor' });
    expect(contact).to.include({ FirstName: 'Ines' });
  });

  it('enrolls everyone in a CSV file, and reports unreadable rows', async () => {
    const rows = ['A-1,Ada,Abebe,ada@example.com,2026-03-01', 'A-2,Ben,,,', ',Cleo,Chen,,', 'A-4,"Dora",Demir,,'];
    const file = await cli.file('members.csv', `\uFEFF${[header, ...rows].join('\r\n')}\r\n`);

    const { records, counts } = resultOf(
      await cli.run('enroll member', ['--file', file, '--json'], { org: shop.org }),
      EnrollMemberResult,
    );
    expect(counts).to.deep.equal({ enrolled: 2, exists: 0, failed: 2, unknown: 0, open: 0 });
    expect(records.filter(({ error }) => error)).to.deep.equal([
      {
        key: 'A-2',
        status: 'failed',
        line: 3,
        error: { code: 'INVALID_ROW', message: `${file}, line 3: lastName is missing.` },
      },
      {
        key: 'line 4',
        status: 'failed',
        line: 4,
        error: { code: 'INVALID_ROW', message: `${file}, line 4: membershipNumber is missing.` },
      },
    ]);
    expect(enrollments()).to.equal(2);
    expect(await isMember('A-4')).to.equal(true);

    const again = await cli.run('enroll member', ['--file', file], { org: shop.org });
    expect(again.code).to.equal(68);
    expect(again.stdout).to.include('0 enrolled, 2 already enrolled, 2 failed, 0 unknown.').and.to.include('A-2');
    expectToFit(again);
    expect(enrollments()).to.equal(2);
  });

  it('reads NDJSON, and CSV from standard input', async () => {
    const lines = [
      { membershipNumber: 'N-1', lastName: 'Ndlovu' },
      { MembershipNumber: 'N-2', LASTNAME: 'Nguyen' },
    ];
    const file = await cli.file('members.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'));
    const [fromFile, fromInput] = await Promise.all([
      cli.run('enroll member', ['--file', file, '--json'], { org: shop.org }),
      cli.run('enroll member', ['--file', '-', '--json'], { org: shop.org, stdin: `${header}\nS-1,,Santos,,\n` }),
    ]);
    expect(resultOf(fromFile, EnrollMemberResult).counts.enrolled).to.equal(2);
    expect(resultOf(fromInput, EnrollMemberResult).counts.enrolled).to.equal(1);
    expect(await isMember('N-2')).to.equal(true);
    expect(await isMember('S-1')).to.equal(true);
  });

  it('names wrong values, and sends nothing for them', async () => {
    const org = shop.org;
    const file = await cli.file('bad.csv', `${header}\nX-1,,,,\n`);
    const xu = ['--member', 'X-1', '--last-name', 'Xu'];
    const wrong = await cli.file('wrong.csv', 'membershipNumber,surname\nX-1,Xu\n');
    const [noRow, noColumn, noFile, noName, noDate] = await Promise.all([
      cli.run('enroll member', ['--file', file, '--json'], { org }),
      cli.run('enroll member', ['--file', wrong, '--json'], { org }),
      cli.run('enroll member', ['--file', cli.path('none.csv'), '--json'], { org }),
      cli.run('enroll member', ['--member', 'X-1', '--last-name', '', '--json'], { org }),
      cli.run('enroll member', [...xu, '--enrollment-date', 'yesterday', '--json'], { org }),
    ]);
    expect(errorOf(noDate)).to.include({
      name: 'InvalidMemberError',
      message: 'enrollmentDate "yesterday": it is neither yyyy-MM-dd nor yyyy-MM-ddTHH:mm:ss',
    });
    expect(noRow.code).to.equal(68);
    expect(resultOf(noRow, EnrollMemberResult).counts.failed).to.equal(1);

    expect(errorOf(noColumn).message).to.include(`${wrong}, line 1: "surname" is not a column of members`);
    expect(errorOf(noFile).message).to.include(cli.path('none.csv')).and.to.include('no such file');
    expect(errorOf(noName).message).to.include('--last-name').and.to.include('The value is empty.');
    expect([noColumn.code, noFile.code, noName.code]).to.deep.equal([1, 1, 2]);
    expect(writes(org)).to.equal(0);
  });

  it('reports what was done before the session ended, and how to log in again', async () => {
    await using own = await openShop({ members: 0 });
    await using relay = await Relay.open(own.org, {
      after: ({ method }) => {
        if (method === 'POST' && enrolled() === 2) own.org.expireSessions();
      },
    });
    const enrolled = (): number => seen(own.org, 'POST', '/individual-member-enrollments');
    const rows = ['E-1', 'E-2', 'E-3', 'E-4'].map((number) => `${number},,Eze,,`);
    const file = await cli.file('ending.csv', [header, ...rows].join('\n'));

    const args = ['--file', file, '--concurrency', '1', '--json'];
    const target = { url: relay.url, accessToken: own.org.accessToken };
    const ended = await cli.run('enroll member', args, { org: target });
    expect(ended.code).to.equal(69);
    const { actions, data } = errorOf(ended);
    expect(actions).to.deep.equal(['Log in to the org again, such as with "sf org login web".']);
    expect(EnrollMemberResult.parse(data).records.map(({ key, status }) => `${key} ${status}`)).to.deep.equal([
      'E-1 enrolled',
      'E-2 enrolled',
    ]);
    expect(enrolled()).to.equal(2);
  });

  it('names the line of a person whom the org refuses, and both lines of a number that two persons have', async () => {
    const lines = [header, 'T-1,,Tan,,', 'T-2,,Tan,nobody,', 't-1,,Other,,', 'T-1,,Tan,,'];
    const file = await cli.file('twice.csv', lines.join('\n'));
    const [shown, json] = [
      await cli.run('enroll member', ['--file', file], { org: shop.org }),
      await cli.run('enroll member', ['--file', file, '--json'], { org: shop.org }),
    ];
    const { records } = resultOf(json, EnrollMemberResult);
    const troubled = records.filter(({ error }) => error).map(({ key, line, status }) => [key, line, status]);
    expect(troubled).to.have.deep.members([
      ['t-1', 4, 'failed'],
      ['T-2', 3, 'failed'],
    ]);
    const text = shown.stdout.replaceAll(/\s+/g, ' ');
    expect(text).to.match(/T-2, line 3, failed/);
    expect(text).to.include('membershipNumber "t-1" is in line 2, too, with other values');
  });

  it('fills fields of the org by their names, from columns, flags and a mapping', async () => {
    await using source = await SourceFolder.of(
      fieldFile('LoyaltyProgramMember', 'Loyalty_Card__c', '<label>Card</label><type>Text</type><length>20</length>'),
    );
    await using own = await openShop({ members: 0, source: [source.path] });
    const rows = [
      'membershipNumber,firstName,lastName,email,phone,Loyalty_Card__c,birthdate',
      'X-2,Uta,Held,uta@example.org,+49 30 1,77,1990-01-01',
      'X-3,,,bad,,,',
      'X-2,Uta,Held,,,,',
      'X-4,Ann,"O""Neil",ann@example.org,,,',
    ];
    const file = await cli.file('fields.csv', rows.join('\n'));
    const mapped = await cli.file('mapped.csv', 'Card;Name;Born\nX-5;Ito;31.12.1990\n');
    const map = await cli.file(
      'members.yml',
      "delimiter: ';'\nfields:\n  membershipNumber: Card\n  lastName: Name\n  Birthdate: { date: Born, format: dd.MM.yyyy }\n",
    );
    const one = ['--member', 'X-6', '--last-name', 'Abe', '--field', 'Loyalty_Card__c=6', '--allow-duplicates'];
    const [byColumns, byMapping, byFlags, wrong] = await Promise.all([
      cli.run('enroll member', ['--file', file, '--json'], { org: own.org }),
      cli.run('enroll member', ['--file', mapped, '--map', map, '--json'], { org: own.org }),
      cli.run('enroll member', [...one, '--json'], { org: own.org }),
      cli.run('enroll member', ['--member', 'X-7', '--last-name', 'Xu', '--field', 'Shoe=1', '--json'], {
        org: own.org,
      }),
    ]);
    const { records } = resultOf(byColumns, EnrollMemberResult);
    expect(Object.groupBy(records, ({ status }) => status)['enrolled']?.map(({ key }) => key)).to.have.members([
      'X-2',
      'X-4',
    ]);
    expect(records.filter(({ error }) => error).map(({ line }) => line)).to.have.members([3, 4]);
    expect([byMapping.code, byFlags.code, wrong.code]).to.deep.equal([0, 0, 1]);
    expect(errorOf(wrong).message).to.include('"Shoe" is not a column of members');
    const [uta] = own.org.store.find('Account', { LastName: 'Held' });
    expect(uta).to.include({ Phone: '+49 30 1', PersonBirthdate: '1990-01-01' });
    expect(own.org.store.find('Account', { LastName: 'Ito' })[0]).to.include({ PersonBirthdate: '1990-12-31' });
    const cards = own.org.store.find('LoyaltyProgramMember', {}).map((row) => row['Loyalty_Card__c']);
    expect(cards.filter(Boolean)).to.have.members(['77', '6']);
  });

  it('refuses a file without a header, because a failed export is not a success', async () => {
    const empty = await cli.file('empty.csv', '');
    const ended = await cli.run('enroll member', ['--file', empty, '--json'], { org: shop.org });
    expect(errorOf(ended).message).to.equal(`${empty} is empty.`);
    expect(ended.code).to.equal(1);
  });

  it('ends cleanly when it is interrupted', async () => {
    const under = Promise.withResolvers<undefined>();
    const interrupted = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      after: async ({ method }) => {
        if (method !== 'POST') return;
        under.resolve(undefined);
        await interrupted.promise;
      },
    });
    const file = await cli.file('many.csv', [header, 'I-1,,Ito,,', 'I-2,,Ito,,'].join('\n'));
    const command = cli.start('enroll member', ['--file', file, '--concurrency', '1', '--json'], { org: relay });
    await under.promise;
    await command.interrupt();
    interrupted.resolve(undefined);

    const ended = await command.ended;
    expect(ended.code).to.equal(130);
    const { records } = resultOf(ended, EnrollMemberResult);
    expect(records.map(({ key, status }) => `${key} ${status}`)).to.deep.equal(['I-1 enrolled']);
    expect(enrollments()).to.equal(1);
  });
});
