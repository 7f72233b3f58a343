import { expect } from 'chai';
import {
  AssignBenefitsResult,
  EnrollClubResult,
  LinkPartnerResult,
  RenewClubResult,
  UnlinkPartnerResult,
} from '../../src/cli/results/clubResults.js';
import { DisplayMemberResult } from '../../src/cli/results/memberResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { addClubAndPartner, openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty commands for clubs, partners and benefits', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  const member = ['--member', 'HR-100001'];
  const club = ['--club', 'Coffee Club'];
  const partner = ['--partner', 'Harbour Ferry'];

  before(async () => {
    shop = await openShop({ members: 2 });
    addClubAndPartner(shop.org);
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]) => cli.run(words, args, { org: shop.org, columns: 80 });

  it('enroll in a club and renew, each once', async () => {
    const args = [
      ...member,
      ...club,
      '--number',
      'CC-1',
      '--enrollment-date',
      '2026-01-01',
      '--end-date',
      '2090-01-01',
    ];
    expectScreen('enroll club', await run('enroll club', args), [
      onlyProgram,
      'Enrolled HR-100001 in the club Coffee Club. Number: CC-1. Ends: 1/1/2090.',
    ]);
    const again = resultOf(await run('enroll club', [...args, '--json']), EnrollClubResult);
    expect(again.records[0]).to.include({ status: 'exists', clubMembershipNumber: 'CC-1' });
    expect(seen(shop.org, 'POST', '/member-enrollment')).to.equal(1);
    const renewal = [...member, ...club, '--end-date', '2091-01-01'];
    expectScreen('renew club', await run('renew club', renewal), [
      onlyProgram,
      'Renewed HR-100001 in the club Coffee Club until 1/1/2091. It ended: 1/1/2090.',
    ]);
    const renewed = resultOf(await run('renew club', [...renewal, '--json']), RenewClubResult);
    expect(renewed.counts).to.include({ already: 1, renewed: 0 });
    expect(seen(shop.org, 'POST', '/membership-renewal')).to.equal(1);
  });

  it('shows the clubs of a member beside its tiers, and moves nobody to a club as to a tier', async () => {
    const { store } = shop.org;
    const { Id: LoyaltyMemberId } = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' })!;
    const { Id: LoyaltyTierGroupId } = store.first('LoyaltyTierGroup', { Name: 'Harbour Clubs' })!;
    const LoyaltyTierId = store.insert('LoyaltyTier', { Name: 'Tea Club', LoyaltyTierGroupId, SequenceNumber: 2 });
    const EffectiveDate = '2026-02-01';
    store.insert('LoyaltyMemberTier', {
      Name: 'Tea Club',
      LoyaltyMemberId,
      LoyaltyTierGroupId,
      LoyaltyTierId,
      EffectiveDate,
    });
    const { tiers, clubs } = resultOf(await run('display member', [...member, '--json']), DisplayMemberResult);
    expect(tiers.map(({ tierGroup }) => tierGroup)).to.deep.equal(['Harbour Status']);
    expect(clubs.map(({ club: name }) => name)).to.deep.equal(['Coffee Club', 'Tea Club']);
    const { stdout } = await run('display member', member);
    expect(stdout)
      .to.include('\nClubs\n  Coffee Club, since 1/1/2026, until 1/1/2091.')
      .and.include('\n  Tea Club, since 2/1/2026.\n\nPoints');
    const moved = await run('change tier', [...member, '--tier', 'Coffee Club', '--reason', 'x', '--json']);
    expect(errorOf(moved).message).to.include('has no tier "Coffee Club". It has: "Bronze", "Silver", "Gold".');
  });

  it('assign the benefits of tiers and clubs', async () => {
    expectScreen('assign benefits', await run('assign benefits', member), [
      onlyProgram,
      'Assigned to HR-100001: Free refill.',
    ]);
    const again = resultOf(await run('assign benefits', [...member, '--json']), AssignBenefitsResult);
    expect(again.records[0]).to.deep.include({ status: 'unchanged', benefits: [] });
  });

  it('link to a partner and unlink, which asks first', async () => {
    const args = [...member, ...partner, '--external-id', 'F-1'];
    const linked = await run('link partner', args);
    const number = shop.org.store.first('LoyaltyPgmMbrLinkedPtnr', {})?.['Name'];
    expectScreen('link partner', linked, [
      onlyProgram,
      `Linked HR-100001 to Harbour Ferry. Number of the link: ${String(number)}.`,
    ]);
    expect(resultOf(await run('link partner', [...args, '--json']), LinkPartnerResult).counts).to.include({
      exists: 1,
    });
    const refused = await run('unlink partner', [...member, ...partner, '--json']);
    expect(errorOf(refused).message).to.include('needs confirmation');
    expect(shop.org.store.first('LoyaltyPgmMbrLinkedPtnr', {})).to.include({ IsActive: true });
    const end = [...member, ...partner, '--no-prompt'];
    expectScreen('unlink partner', await run('unlink partner', end), [
      onlyProgram,
      `Ended the link of HR-100001 to Harbour Ferry. Number of the link: ${String(number)}.`,
    ]);
    const again = resultOf(await run('unlink partner', [...end, '--json']), UnlinkPartnerResult);
    expect(again.counts).to.include({ absent: 1, unlinked: 0 });
  });

  it('says of an unknown club what is wrong, and nothing of processes', async () => {
    const refused = await run('enroll club', [...member, '--club', 'Coffe Club', '--json']);
    const { message, actions } = errorOf(refused);
    expect([refused.code, message, actions ?? []]).to.deep.equal([
      68,
      'The loyalty program Harbour Rewards has no active club Coffe Club.',
      [],
    ]);
  });

  it('serve each line of a file', async () => {
    const file = await cli.file('links.csv', 'membershipNumber,externalId\nHR-100002,F-2\nnobody,F-3\n,F-4\n');
    const ended = await run('link partner', ['--file', file, ...partner, '--json']);
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, LinkPartnerResult);
    expect(counts).to.deep.equal({ linked: 1, exists: 0, failed: 2, unknown: 0 });
    expect(records.map(({ line, error }) => [line, error?.code])).to.deep.equal([
      [2, undefined],
      [3, 'UNKNOWN_MEMBER'],
      [4, 'INVALID_ROW'],
    ]);
    const told = (await run('link partner', ['--file', file, ...partner])).stdout;
    expect(told).to.include('Harbour Rewards: 0 linked, 1 linked before, 2 failed, 0 unknown.');
  });

  it('take no date that is none, from flags and from lines', async () => {
    const sent = seen(shop.org, 'POST', '/clubs/');
    const flag = await run('enroll club', [...member, ...club, '--end-date', '2026-02-30', '--json']);
    expect(errorOf(flag).message).to.equal('--end-date: "2026-02-30" is not a date.');
    expect(flag.code).to.equal(2);
    const renewal = await run('renew club', [...member, ...club, '--end-date', 'tomorrow', '--json']);
    expect(errorOf(renewal).message).to.equal('--end-date: "tomorrow" is not a date.');
    const rows = 'membershipNumber,enrollmentDate,membershipEndDate\nHR-100002,,31.12.2026\nHR-100002,2026-13-01,\n';
    const file = await cli.file('dates.csv', rows);
    const { records } = resultOf(await run('enroll club', ['--file', file, ...club, '--json']), EnrollClubResult);
    expect(records.map(({ error }) => error?.message)).to.deep.equal([
      `${file}, line 2: membershipEndDate "31.12.2026" is neither yyyy-MM-dd nor yyyy-MM-ddTHH:mm:ss.`,
      `${file}, line 3: enrollmentDate "2026-13-01" is neither yyyy-MM-dd nor yyyy-MM-ddTHH:mm:ss.`,
    ]);
    expect(seen(shop.org, 'POST', '/clubs/')).to.equal(sent);
  });

  it('take no line that has a column twice, which a file of objects can have in two cases', async () => {
    const file = await cli.file('twice.ndjson', '{"membershipNumber":"HR-100001","MembershipNumber":"HR-100002"}\n');
    const { records } = resultOf(await run('assign benefits', ['--file', file, '--json']), AssignBenefitsResult);
    expect(records[0]?.error?.message).to.equal(`${file}, line 1: The line has membershipNumber twice.`);
  });

  it('refuse a renewal beyond the dates that the org knows', async () => {
    const args = [...member, ...club, '--period', '99999999999', '--json'];
    const ended = await run('renew club', args);
    expect(ended.code).to.equal(68);
    expect(errorOf(ended).message).to.include('invalid date');
  });

  it('know the end of a membership in an org of another time zone', async () => {
    await using far = await openShop({ members: 1, settings: { timeZone: 'Asia/Tokyo' } });
    addClubAndPartner(far.org);
    const inFar = (words: string, args: readonly string[]) =>
      cli.run(words, [...member, ...club, ...args, '--json'], { org: far.org });
    await inFar('enroll club', ['--end-date', '2090-01-01']);
    const same = await inFar('renew club', ['--end-date', '2090-01-01']);
    expect(resultOf(same, RenewClubResult).counts).to.include({ already: 1 });
    const next = await inFar('renew club', ['--end-date', '2090-01-02']);
    expect(resultOf(next, RenewClubResult).counts).to.include({ renewed: 1 });
  });
});
