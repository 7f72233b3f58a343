import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDefinition } from '../../src/program/index.js';
import { compareRules, openFeeds, openSimulatedOrg } from '../../src/simulation/index.js';
import type { RulesDifference } from '../../src/simulation/index.js';
import { feedOf, harbourMap } from '../support/cliFeed.js';
import { ChangedExample, exampleRules } from './changedExample.js';

const sale = (receipt: number, { member = 'HR-1', amount = 10, date = '1/9/2026' } = {}): string =>
  `${receipt},BEANS,Beans,1,${date} 11:05,${amount},${member},Pier 4`;

/** 5 and 6 September 2026 are a weekend. */
const weekend = { date: '5/9/2026' };

describe('two versions of the rules', () => {
  let file: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-compared-'));
    file = join(folder, 'till.csv');
  });

  after(() => rm(folder, { recursive: true }));

  async function compare(change: Parameters<typeof ChangedExample.with>[0], rows: readonly string[]) {
    await using changed = await ChangedExample.with(change);
    await writeFile(file, feedOf(rows));
    const { definition } = await readDefinition(join(exampleRules, 'program.yml'));
    await using source = await openSimulatedOrg({ source: exampleRules, definition });
    await using other = await openSimulatedOrg({ source: changed.folder, definition });
    const compared = await compareRules({ source, other }, { openFeeds: openTill });
    if (!compared) throw new Error('Nothing was compared.');
    return compared.difference;
  }

  const openTill = () => openFeeds({ files: [file], map: harbourMap });

  const through = (all: RulesDifference['through']): unknown[] =>
    all.map(({ rule, step, ranIn, absence, times, points }) => [
      ...[rule, step, ranIn, absence?.code, absence?.condition, times],
      ...points.map(({ currency, change }) => `${change} ${currency}`),
    ]);

  it('are not compared if a signal ends one of the runs, because then members end with less', async () => {
    await writeFile(file, feedOf([sale(1), sale(2)]));
    const { definition } = await readDefinition(join(exampleRules, 'program.yml'));
    await using source = await openSimulatedOrg({ source: exampleRules, definition });
    const controller = new AbortController();
    const options = { openFeeds: openTill, signal: controller.signal, onTransaction: () => controller.abort() };
    expect(await compareRules({ source, other: source }, options)).to.equal(undefined);
  });

  it('that do the same differ in nothing', async () => {
    const comment = { after: '<LoyaltyProgramSetup', from: '<label>', to: '<!-- the same --><label>' };
    const { members, through: actions, failures, compared } = await compare(comment, [sale(1), sale(2, weekend)]);
    expect([members, actions, failures, compared]).to.deep.equal([[], [], [], 1]);
  });

  it('name the members who end differently, by how much, and the action with other values', async () => {
    const triple = { after: 'Double the base', from: '{!BaseStars}', to: '{!BaseStars} * 2' };
    const difference = await compare(triple, [
      sale(1),
      sale(2, { ...weekend, member: 'HR-2' }),
      sale(3, { member: 'HR-2' }),
    ]);
    expect(difference.compared).to.equal(2);
    expect(difference.members.map(({ member, points }) => [member, points])).to.deep.equal([
      ['HR-2', [{ currency: 'Stars', source: 60, other: 80, change: 20, escrow: 0 }]],
    ]);
    const action = ['Weekend', 'Double the base', 'both', undefined, undefined, 1, '20 Stars'];
    expect(through(difference.members[0]?.through ?? [])).to.deep.equal([action]);
    expect(through(difference.through)).to.deep.equal([action]);
  });

  it('say why an action did nothing in one of them, and what follows from that', async () => {
    const never = { after: '<sourceFieldName>IsWeekend', from: '<value>true', to: '<value>false' };
    const { through: actions } = await compare(never, [sale(1, weekend), sale(2, weekend)]);
    expect(through(actions)).to.deep.equal([
      ['Weekend', 'Double the base', 'source', 'conditionNotMet', 'Is bought on a weekend', 2, '-40 Stars'],
      ['Remember', 'Write it on the sale', 'both', undefined, undefined, 2],
    ]);
  });

  it('show tiers, progress and vouchers that are different', async () => {
    const twice = { after: '<actionName>Stamp the card', from: '<value>1</value>', to: '<value>5</value>' };
    const difference = await compare(twice, [sale(1), sale(2)]);
    const [member] = difference.members;
    expect(member?.progress).to.deep.equal([{ promotion: 'Ten cups, one free', source: 2, other: 0 }]);
    expect(member?.vouchers.map(({ definition, source, other }) => [definition, source, other])).to.deep.equal([
      ['Free cup', 0, 1],
    ]);
    const points = { after: 'Credit Tier Points', from: '{!TierPoints}', to: '{!TierPoints} * 20' };
    expect((await compare(points, [sale(1)])).members[0]?.tiers).to.deep.equal([
      { group: 'Harbour Status', source: 'Bronze', other: 'Silver' },
    ]);
  });

  it('name the transactions that fail in one of them, and the action that fails', async () => {
    const broken = { after: 'Double the base', from: '{!BaseStars}', to: '1 / ({!BaseStars} - 20)' };
    const { failures, through: actions, members } = await compare(broken, [sale(1), sale(2, weekend)]);
    expect(failures.map(({ transaction: { line }, failsIn }) => [line, failsIn])).to.deep.equal([[3, 'other']]);
    expect(failures[0]?.failure).to.contain('divides 1 by 0');
    expect(through(actions)).to.deep.equal([['Weekend', 'Double the base', 'source', 'requestFailed', null, 1]]);
    expect(members[0]?.points.map(({ currency, change }) => [currency, change])).to.deep.equal([
      ['Stars', -40],
      ['Tier Points', -10],
    ]);
  });
});
