import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDefinition } from '../../src/program/index.js';
import { parse } from 'yaml';
import { giveMember } from '../../src/ruleCases/giveMember.js';
import { CaseRecorder, provenCases, RuleCaseFile } from '../../src/ruleCases/index.js';
import { openFeeds, openSimulatedOrg, simulateFeeds } from '../../src/simulation/index.js';
import type { SimulatedOrg } from '../../src/simulation/index.js';
import { ChangedExample, exampleRules } from '../rules/changedExample.js';
import { feedOf, harbourMap } from '../support/cliFeed.js';
import { failuresOf, runCases } from './harbourCases.js';

const sale = (receipt: number, { member = 'HR-1', amount = 10, date = '1/9/2026' } = {}): string =>
  `${receipt},BEANS,Beans,1,${date} 11:05,${amount},${member},Pier 4`;

describe('cases that a simulation saves', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-saved-'));
  });

  after(() => rm(folder, { recursive: true }));

  /** @param prepare changes the org before the feed runs */
  async function saved(
    rows: readonly string[],
    { batchSize = 1, prepare }: { batchSize?: number; prepare?: (org: SimulatedOrg) => unknown } = {},
  ) {
    const file = join(folder, 'till.csv');
    await writeFile(file, feedOf(rows));
    const { definition } = await readDefinition(join(exampleRules, 'program.yml'));
    const known = { number: 'HR-1', lastName: 'Byron', enrollmentDate: '2026-02-01' };
    const members = prepare ? [{ ...known, openingBalances: { Stars: 50, 'Tier Points': 160 } }] : [];
    await using org = await openSimulatedOrg({ source: exampleRules, definition: { ...definition, members } });
    await prepare?.(org);
    const recorder = new CaseRecorder({ store: org.org.store, rules: org.rules });
    const { states } = await simulateFeeds(org, {
      ...{ batchSize, feeds: await openFeeds({ files: [file], map: harbourMap }) },
      onMember: (member, day) => recorder.meet(member, day),
      onTransaction: (each) => recorder.take(each),
    });
    return await provenCases('saved.yml', recorder.cases(states), { definition, source: exampleRules });
  }

  const given = (more: object) =>
    RuleCaseFile.parse({ cases: [{ name: 'A', given: more, when: [{ jobs: '2026-01-01' }] }] });

  /** Gives HR-1 what a case can give. */
  function give({ org: { store } }: SimulatedOrg, more: object): string {
    const id = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-1' })?.Id ?? '';
    const [shape] = given(more).cases;
    if (shape) giveMember(store, { memberId: id, program: 'Harbour Rewards', day: '2026-02-01' }, shape.given);
    return id;
  }

  it('pass as they are, and fail with other rules', async () => {
    const weekend = '5/9/2026';
    const {
      text = '',
      cases,
      leftOut,
    } = await saved([
      ...[sale(1), sale(2, { date: weekend }), sale(3, { member: 'HR-2', date: weekend })],
      // A gift of nothing: no rule does anything.
      sale(4, { member: 'HR-3', amount: 0 }),
    ]);
    expect([cases, leftOut]).to.deep.equal([3, []]);
    expect(failuresOf(await runCases(text))).to.deep.equal([]);
    await using changed = await ChangedExample.with({
      after: 'Double the base',
      from: '{!BaseStars}',
      to: '{!BaseStars} * 2',
    });
    const failures = failuresOf(await runCases(text, changed.folder)).map((each) => each.replace(/^\d+: /, ''));
    expect(failures).to.deep.equal(['balances of Stars: 80 instead of 60', 'balances of Stars: 60 instead of 40']);
  });

  it('begin with what the member had: balances, tier, birthday, stamps and vouchers', async () => {
    const has = {
      birthdate: '1990-09-12',
      progress: { 'Ten cups, one free': 9 },
      vouchers: [{ definition: 'Free cup', code: 'MINE' }],
    };
    const { text = '', leftOut } = await saved([sale(1), sale(2, { member: 'HR-2' })], {
      prepare: (org) => give(org, has),
    });
    expect(leftOut).to.deep.equal([]);
    const [first, second] = RuleCaseFile.parse(parse(text)).cases;
    expect(first?.given).to.deep.include({
      ...{ enrollmentDate: '2026-02-01', tier: 'Silver', balances: { Stars: 50, 'Tier Points': 160 } },
      ...{ birthdate: has.birthdate, progress: has.progress },
    });
    // 50 + 20 + a fifth of 20 for Silver + 20 for the birthday.
    expect(first?.then?.balances).to.deep.equal({ Stars: 94, 'Tier Points': 170 });
    expect(first?.then?.vouchers).to.have.length(2);
    expect(second?.then?.balances).to.deep.equal({ Stars: 20, 'Tier Points': 10 });
  });

  it('have several journals in one request as the feed had them, those of each member', async () => {
    const { text = '', leftOut } = await saved([sale(1), sale(2, { member: 'HR-2' }), sale(3), sale(4)], {
      batchSize: 3,
    });
    expect(leftOut).to.deep.equal([]);
    const [first, second] = RuleCaseFile.parse(parse(text)).cases;
    expect(first?.when.map(({ journal, journals }) => journals?.length ?? (journal ? 1 : 0))).to.deep.equal([2, 1]);
    expect(second?.when).to.have.length(1);
  });

  it('are left out with the reason where a case cannot give what the member had', async () => {
    const { leftOut, cases } = await saved([sale(1), sale(2, { member: 'HR-2' })], {
      prepare: (org) => {
        const id = give(org, { vouchers: [{ definition: 'Free cup', code: 'USED' }] });
        const { store } = org.org;
        const voucher = store.first('Voucher', { LoyaltyProgramMemberId: id });
        store.update('Voucher', voucher?.Id ?? '', { Status: 'Redeemed' }, { as: 'org' });
      },
    });
    expect([cases, leftOut.map(({ member }) => member)]).to.deep.equal([1, ['HR-1']]);
    expect(leftOut[0]?.reason).to.match(/^vouchers: none instead of/);
  });
});
