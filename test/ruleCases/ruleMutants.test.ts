import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { failuresOf, runCases } from './harbourCases.js';
import { rulesFile, rulesOfLargeSales } from './rulesOfLargeSales.js';

const sale = (amount: number, stars: number): string => `  - name: Sale of ${amount}
    when: [{ journal: { ActivityDate: 2026-07-06, JournalTypeName: Accrual, TransactionAmount: ${amount} } }]
    then: { balances: { Stars: ${stars} }${stars === 0 ? ', notFired: [Base]' : ''} }
`;

describe('the rules that cases test', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rule-mutants-'));
    await mkdir(join(folder, 'loyaltyProgramSetups'));
    await writeFile(join(folder, rulesFile), rulesOfLargeSales);
  });

  after(() => rm(folder, { recursive: true }));

  const mutated = (...cases: readonly string[]) => runCases(`cases:\n${cases.join('')}`, folder, true);

  it('have mutants, and those that no case notices are told', async () => {
    const report = await mutated(sale(10, 1), sale(1, 0));
    const { mutants } = report;
    expect(failuresOf(report)).to.deep.equal([]);
    expect(mutants).to.include({ total: 2, noticed: 1 });
    expect(
      mutants?.unnoticed.map(({ condition, operator, mutated: to, line }) => [condition, operator, to, line]),
    ).to.deep.equal([['Is large', 'GreaterThan', 'GreaterThanOrEquals', 10]]);
    expect((await mutated(sale(10, 1), sale(5, 0))).mutants).to.include({ total: 2, noticed: 2 });
  });

  it('have no mutants where a case fails without any', async () => {
    expect((await mutated(sale(10, 2))).mutants).to.equal(undefined);
  });

  it('have findings, such as a rule that has ended', async () => {
    const { findings } = await mutated(sale(10, 1));
    expect(findings.map(({ code, level, place }) => [code, level, place.line])).to.deep.equal([
      ['ended', 'warning', 15],
    ]);
  });
});
