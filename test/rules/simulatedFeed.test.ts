import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDefinition } from '../../src/program/index.js';
import { openFeeds, openSimulatedOrg, simulateFeeds } from '../../src/simulation/index.js';
import type { FeedSimulationOptions, SimulatedTransaction } from '../../src/simulation/index.js';
import { whyNot } from '../../src/rules/index.js';
import { feedOf, harbourMap } from '../support/cliFeed.js';

const source = join(import.meta.dirname, '../../examples/rules');

/** A receipt of one kind of product, on a Tuesday unless told. */
function sale(receipt: number, { member = 'HR-1', cups = 1, date = '1/9/2026 07:05' } = {}): string {
  return `${receipt},CUP-01,Flat white,${cups},${date},3.4,${member},Pier 4`;
}

type SimulateOptions = Pick<FeedSimulationOptions, 'batchSize' | 'signal'> & { readonly onFirst?: () => void };

describe('a feed through the rules of a program', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-simulated-'));
  });

  after(() => rm(folder, { recursive: true }));

  async function simulate(rows: readonly string[], options: SimulateOptions = {}) {
    const file = join(folder, 'till.csv');
    await writeFile(file, feedOf(rows));
    const { definition } = await readDefinition(join(source, 'program.yml'));
    await using org = await openSimulatedOrg({ source, definition });
    const feeds = await openFeeds({ files: [file], map: harbourMap });
    const transactions: SimulatedTransaction[] = [];
    const onTransaction = (each: SimulatedTransaction): void => {
      if (transactions.push(each) === 1) options.onFirst?.();
    };
    const end = await simulateFeeds(org, { ...options, feeds, onTransaction });
    return { ...end, transactions };
  }

  it('enrolls the members that it names, and says what each of them has afterwards', async () => {
    const { members, enrolled } = await simulate([sale(1, { cups: 5 }), sale(2), sale(3, { member: 'HR-2' })]);
    expect(enrolled).to.equal(2);
    expect(members.map(({ member, points, progress }) => ({ member, points, progress }))).to.deep.equal([
      {
        member: 'HR-1',
        points: [
          { currency: 'Stars', before: 0, after: 40, change: 40, escrow: 0 },
          { currency: 'Tier Points', before: 0, after: 20, change: 20, escrow: 0 },
        ],
        progress: [{ promotion: 'Ten cups, one free', before: 0, after: 2, target: 10 }],
      },
      {
        member: 'HR-2',
        points: [
          { currency: 'Stars', before: 0, after: 6, change: 6, escrow: 0 },
          { currency: 'Tier Points', before: 0, after: 3, change: 3, escrow: 0 },
        ],
        progress: [{ promotion: 'Ten cups, one free', before: 0, after: 1, target: 10 }],
      },
    ]);
  });

  it('notices a signal between two requests, and not only when it reads the next part of the file', async () => {
    const controller = new AbortController();
    const rows = Array.from({ length: 50 }, (_, index) => sale(index + 1));
    const onFirst = () => setImmediate(() => controller.abort());
    const { transactions } = await simulate(rows, { signal: controller.signal, onFirst });
    expect(transactions).to.have.length.within(1, 5);
  });

  it('fails the request of a member whom the org refuses to enroll, and goes on', async () => {
    const { transactions, members } = await simulate([sale(1, { date: '1/1/1600 07:05' }), sale(2), sale(3)]);
    expect(transactions.map(({ line, failure }) => ({ line, failure }))).to.deep.equal([
      {
        line: 2,
        failure: 'the member cannot be enrolled: Enrollment Date: invalid date: Sat Jan 01 00:00:00 GMT 1600',
      },
      { line: 3, failure: undefined },
      { line: 4, failure: undefined },
    ]);
    expect(members.map(({ member, points }) => [member, points[0]?.after])).to.deep.equal([['HR-1', 12]]);
  });

  it('leaves out a row whose key an earlier one has, and reports one that is no transaction', async () => {
    const wrong = sale(3).replace(',1,1/9', ',x,1/9');
    const { transactions, repeated, rejections } = await simulate([sale(1), sale(2), sale(1), wrong]);
    expect(transactions.map(({ line }) => line)).to.deep.equal([2, 3]);
    expect(repeated + rejections.length).to.equal(2);
  });

  it('says why a promotion gave nothing: the first condition that is not met, or why its rule did not run', async () => {
    const rows = [sale(1), sale(2, { date: '5/9/2026 07:05' }), sale(3, { date: '3/10/2026 07:05' })];
    const { transactions } = await simulate(rows);
    const answers = transactions.map(({ explained }) => explained && whyNot(explained, 'double stars WEEKENDS'));
    expect(answers.map((why) => [why?.code, why?.rule, why?.condition])).to.deep.equal([
      ['conditionNotMet', 'Weekend', 'Is bought on a weekend'],
      ['gave', 'Weekend', null],
      ['promotionEnded', 'Weekend', null],
    ]);
    expect(answers[0]?.criteria.map(({ field, left, right, isMet }) => [field, left, right, isMet])).to.deep.equal([
      ['IsWeekend', false, true, false],
      ['BaseStars', 6, 0, true],
    ]);
  });
});
