import { expect } from 'chai';
import { EnrollClubResult, LinkPartnerResult, RenewClubResult } from '../../src/cli/results/clubResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Target } from '../support/cli.js';
import { addClubAndPartner, openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

/** The org has done the work, and the connection ends before its answer. */
describe('loyalty commands for clubs and partners after a lost answer', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  const club = ['--club', 'Coffee Club'];
  const partner = ['--partner', 'Harbour Ferry', '--external-id', 'F-1'];

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    addClubAndPartner(shop.org);
  });

  before(async () => {
    cli = await Cli.create();
  });

  afterEach(() => shop[Symbol.asyncDispose]());
  after(() => cli[Symbol.asyncDispose]());

  const findOut = 'The org may have carried out the call. Find out with this command; nothing counts twice:';
  const target = "--program 'Harbour Rewards' --target-org TARGET_ORG";

  const run = (words: string, args: readonly string[], org: Target = shop.org) =>
    cli.run(words, [...args, '--json'], { org });

  /** Runs the command without ever getting an answer to requests of this path. */
  async function losing(path: string, words: string, args: readonly string[]) {
    await using relay = await cutting(path);
    return await run(words, args, relay);
  }

  const cutting = (path: string) =>
    Relay.open(shop.org, {
      after: ({ method, url }) => (method === 'POST' && url.includes(path) ? 'cut' : undefined),
    });

  it('enroll club claims nothing, and finds the membership when it is repeated', async () => {
    const args = ['--member', 'HR-100001', ...club];
    const lost = await losing('/member-enrollment', 'enroll club', args);
    expect(lost.code).to.equal(69);
    expect(errorOf(lost).actions).to.deep.equal([
      `${findOut} sf loyalty enroll club --member HR-100001 --club 'Coffee Club' --status Active ${target}`,
    ]);
    const again = await run('enroll club', args);
    expect(resultOf(again, EnrollClubResult).counts).to.include({ exists: 1, enrolled: 0 });
    expect(seen(shop.org, 'POST', '/member-enrollment')).to.equal(1);
  });

  it('enroll club of a file calls only the members unknown whose answers were lost', async () => {
    const file = await cli.file('club.csv', 'membershipNumber\nHR-100001\nHR-100002\n');
    const lost = await losing('/member-enrollment', 'enroll club', ['--file', file, ...club]);
    expect(lost.code).to.equal(69);
    expect(resultOf(lost, EnrollClubResult).counts).to.include({ unknown: 2, enrolled: 0, failed: 0 });
    const again = await run('enroll club', ['--file', file, ...club]);
    expect(resultOf(again, EnrollClubResult).counts).to.include({ exists: 2, enrolled: 0 });
    expect(shop.org.store.find('LoyaltyMembershipLifecycle', {})).to.have.length(2);
  });

  it('link partner of a file prints the command that finds out', async () => {
    const file = await cli.file('link.csv', 'membershipNumber\nHR-100001\n');
    const args = ['--file', file, '--partner', 'Harbour Ferry'];
    await using relay = await cutting('/link');
    const { code, stdout } = await cli.run('link partner', args, { org: relay });
    expect([code, stdout.trim().split('\n').at(-1)]).to.deep.equal([
      69,
      `Repeat the command to find out about the unknown ones: sf loyalty link partner --file ${file} --partner 'Harbour Ferry' ${target}`,
    ]);
  });

  it('renew club by a period is not to be repeated blindly, also where the end has not moved', async () => {
    await run('enroll club', ['--member', 'HR-100001', ...club, '--end-date', '2090-01-01']);
    await using relay = await Relay.open(shop.org, {
      before: ({ url }) => (url.includes('/membership-renewal') ? 'cut' : undefined),
    });
    const args = ['--member', 'HR-100001', ...club, '--period', '1'];
    const lost = await run('renew club', args, relay);
    expect(lost.code).to.equal(69);
    expect(errorOf(lost).actions?.join())
      .to.include('would carry it out again')
      .and.not.include('nothing counts twice');
  });

  it('renew club of a file names the members whose ends have moved', async () => {
    await run('enroll club', ['--member', 'HR-100001', ...club, '--end-date', '2090-01-01']);
    const file = await cli.file('renew.csv', 'membershipNumber\nHR-100001\n');
    await using relay = await cutting('/membership-renewal');
    const { stderr } = await cli.run('renew club', ['--file', file, ...club, '--period', '1'], { org: relay });
    expect(stderr.replaceAll(/\s+/g, ' ')).to.include(
      'The membership of HR-100001 in the club Coffee Club ended 1/1/2090',
    );
  });

  it('renew club by a period says that the end has changed, and does not claim that it was this call', async () => {
    await run('enroll club', ['--member', 'HR-100001', ...club, '--end-date', '2090-01-01']);
    const args = ['--member', 'HR-100001', ...club, '--period', '1', '--unit', 'Years'];
    const lost = await losing('/membership-renewal', 'renew club', args);
    expect(lost.code).to.equal(69);
    const [record] = resultOf(lost, RenewClubResult).records;
    expect([record?.status, record?.before?.slice(0, 4), record?.after?.slice(0, 4)]).to.deep.equal([
      ...['unclear', '2090', '2091'],
    ]);
    expect(seen(shop.org, 'POST', '/membership-renewal')).to.equal(1);
  });

  it('renew club to a day does not renew again', async () => {
    await run('enroll club', ['--member', 'HR-100001', ...club, '--end-date', '2090-01-01']);
    const args = ['--member', 'HR-100001', ...club, '--end-date', '2092-01-01'];
    const lost = await losing('/membership-renewal', 'renew club', args);
    expect(resultOf(lost, RenewClubResult).counts).to.include({ unclear: 1, renewed: 0 });
    expect(resultOf(await run('renew club', args), RenewClubResult).counts).to.include({ already: 1 });
    expect(seen(shop.org, 'POST', '/membership-renewal')).to.equal(1);
  });

  it('link partner claims nothing, and finds the link when it is repeated', async () => {
    const args = ['--member', 'HR-100001', ...partner];
    const lost = await losing('/link', 'link partner', args);
    expect(lost.code).to.equal(69);
    expect(errorOf(lost).actions).to.deep.equal([
      `${findOut} sf loyalty link partner --member HR-100001 --partner 'Harbour Ferry' --external-id F-1 ${target}`,
    ]);
    const again = await run('link partner', args);
    expect(resultOf(again, LinkPartnerResult).counts).to.include({ exists: 1, linked: 0 });
    expect(shop.org.store.find('LoyaltyPgmMbrLinkedPtnr', {})).to.have.length(1);
  });

  it('enroll club tells an enrollment that the org then does not show', async () => {
    let isEnrolled = false;
    await using relay = await Relay.open(shop.org, {
      before: ({ method, url }) => {
        if (method === 'POST' && url.includes('/member-enrollment')) isEnrolled = true;
        const isRead = isEnrolled && url.includes('/club/members');
        return isRead ? { status: 403, errorCode: 'INSUFFICIENT_ACCESS' } : undefined;
      },
    });
    const args = ['--member', 'HR-100001', ...club, '--number', 'CC-1'];
    const ended = await run('enroll club', args, relay);
    const [record] = resultOf(ended, EnrollClubResult).records;
    expect(record).to.include({ status: 'enrolled', clubMembershipNumber: 'CC-1', endDate: null });
  });

  describe('renew club by a period, which must not be repeated blindly', () => {
    const args = [...club, '--period', '1', '--unit', 'Years'];
    const notTwice = /^The command would carry it out again for those who have been served\. Take them out of the file/;
    let file: string;

    beforeEach(async () => {
      file = await cli.file('club.csv', 'membershipNumber\nHR-100001\nHR-100002\n');
      await run('enroll club', ['--file', file, ...club, '--end-date', '2090-01-01']);
    });

    it('says so, and who was renewed, when every further call would be refused', async () => {
      let reads = 0;
      await using relay = await Relay.open(shop.org, {
        before: ({ url }) => {
          const isOver = url.includes('/club/members') && ++reads > 1;
          return isOver ? { status: 403, errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'limit' } : undefined;
        },
      });
      const ended = await run('renew club', ['--file', file, ...args], relay);
      expect(ended.code).to.equal(69);
      const { actions, data } = errorOf(ended);
      expect(actions?.[0]).to.match(notTwice);
      const { records, counts } = RenewClubResult.parse(data);
      expect(records.map(({ key, line, status, error }) => [key, line, status, error?.code])).to.deep.equal([
        ['HR-100001', 2, 'renewed', undefined],
        ['HR-100002', 3, 'unknown', 'REQUEST_LIMIT_EXCEEDED'],
      ]);
      expect(counts).to.include({ renewed: 1, unknown: 1 });
    });

    it('says so, and who was renewed, after Ctrl-C, and sends nothing more', async () => {
      const second = Promise.withResolvers<undefined>();
      let renewals = 0;
      await using relay = await Relay.open(shop.org, {
        before: ({ url }) => {
          if (!url.includes('/membership-renewal') || ++renewals !== 2) return undefined;
          second.resolve(undefined);
          return new Promise(() => undefined);
        },
      });
      const running = cli.start('renew club', ['--file', file, ...args, '--json'], { org: relay });
      await second.promise;
      await running.interrupt();
      const ended = await running.ended;
      expect(ended.code).to.equal(130);
      const { actions, data } = errorOf(ended);
      expect(actions?.[0]).to.match(notTwice);
      expect(RenewClubResult.parse(data).records.map(({ key, status }) => [key, status])).to.deep.equal([
        ['HR-100001', 'renewed'],
        ['HR-100002', 'unknown'],
      ]);
    });
  });
});
