import { expect } from 'chai';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  actionTypes,
  criterionOperators,
  dataTypes,
  loadProgramRules,
  parseProgramRules,
} from '../../../src/rules/index.js';
import type { ProgramRules, RuleProcess } from '../../../src/rules/index.js';
import { allActions, found, harbourFile, loadHarbourRules, processNamed, ruleNamed } from './harbourRules.js';
import { actionText, outline, parameterText, stepsIn, withoutPlaces } from './rulesOutline.js';
import { changed, smallProgram } from './smallProgram.js';
import type { Change } from './smallProgram.js';

describe('the rules of a program', () => {
  let rules: ProgramRules;
  let purchases: RuleProcess;
  before(async () => {
    rules = await loadHarbourRules();
    purchases = processNamed(rules, 'Purchases');
  });

  it('have processes with their kinds of journals', () => {
    const told = rules.processes.map(({ name, type, status, executionType, journalType, journalSubType, tierGroup }) =>
      [name, type, status, executionType, journalType, journalSubType, tierGroup]
        .map((part) => part ?? '-')
        .join(' | '),
    );
    expect(rules.label).to.equal('Harbour Rewards');
    expect(told).to.deep.equal([
      'Partner Points | TransactionJournal | Draft | RealTime | Accrual | Partner | -',
      'Points Expirations | TransactionJournal | Active | Batch | Points Expiration | - | -',
      'Points Redemptions | TransactionJournal | Active | RealTime | Redemption | - | -',
      'Purchases | TransactionJournal | Active | BatchAndRealTime | Accrual | Purchase | -',
      'Returns | TransactionJournal | Active | RealTime | Accrual | Return | -',
      'Tier Assessment | TierProcessing | Active | RealTime | - | - | Crew',
      'UpdateMemberDetails | UpdateMemberDetails | Active | RealTime | - | - | -',
    ]);
  });

  it('have every type of action, operator, value and parameter, so that the engine can be tried with all', () => {
    const processes = rules.processes;
    const steps = processes.flatMap((process) => [...process.eligibility, ...process.rules]).flatMap(stepsIn);
    const criteria = steps.flatMap((step) => (step.kind === 'condition' ? step.criteria : []));
    const parameters = processes.flatMap((process) => [...process.parameters.values()]);
    expect(allActions(rules).map(({ type }) => type)).to.include.members([...actionTypes]);
    expect(criteria.map(({ operator }) => operator)).to.include.members([...criterionOperators]);
    expect(criteria.map(({ valueType }) => valueType)).to.include.members([
      ...['Formula', 'Literal', 'Lookup', 'Parameter'],
      undefined,
    ]);
    expect(parameters.map(({ dataType }) => dataType)).to.include.members([...dataTypes]);
    expect(parameters.map(({ kind }) => kind)).to.include.members(['Constant', 'Formula', 'Variable']);
  });

  it('have parameters of all types, with their values', () => {
    const text = (name: string) => parameterText(found(purchases.parameters.get(name), name));
    expect(text('VoucherFaceValue')).to.equal('Numeric(2) Constant 5.5');
    expect(text('VoucherName')).to.equal('Text Constant "Free Drink"');
    expect(text('IsPilot')).to.equal('Boolean Constant false');
    expect(text('OpenedOn')).to.equal('Date Constant {"is":"Date","day":"2026-01-01"}');
    expect(text('LaunchedAt')).to.equal('DateTime Constant {"is":"DateTime","moment":"2026-01-01T07:00:00.000Z"}');
    expect(text('VoucherCount')).to.equal('Numeric(0) Formula FLOOR({!Balance} / {!VoucherTarget} )');
    expect(text('Multiplier')).to.equal('Sobject(Drink_Multiplier__c) Variable');
    const { parameters } = processNamed(rules, 'UpdateMemberDetails');
    expect(parameterText(found(parameters.get('MemberId'), 'MemberId'))).to.equal('Text Variable input output');
  });

  it('keep what formulas refer to', () => {
    const { parameters } = purchases;
    const formula = parameters.get('PurchasePoints');
    expect(formula?.kind === 'Formula' && [...formula.formula.references]).to.have.members([
      'Multiplier.Factor__c',
      'BasePoints',
      'PromotionPoints',
      'TierPoints',
    ]);
  });

  it('stand in their chain, and those of eligibility before it', () => {
    const names = (process: RuleProcess) => process.rules.map(({ name }) => name);
    expect(purchases.eligibility.map(({ name }) => name)).to.deep.equal(['Members in good standing']);
    expect(names(purchases)).to.deep.equal([
      'Set up',
      'Double Points Weekend',
      'Summer of Tea',
      'Credit',
      'Vouchers',
      'Winter of Cocoa',
    ]);
  });

  it('have outputs of flows only where the name of a parameter is bare', () => {
    const flow = '<actionType>RunFlow</actionType><flowDefinition>Flow</flowDefinition>';
    const changes: Change[] = [
      ['<actionType>GetMemberPointBalance</actionType>', flow],
      ['<value>Shells</value>', '<value>Points</value>'],
    ];
    const { processes } = parseProgramRules(changed(changes), 'rules.xml');
    const action = found(processes.flatMap((process) => process.rules).flatMap(stepsIn)[0], 'action');
    expect(action.kind === 'action' && actionText(action)).to.equal(
      'RunFlow Flow(ProgramCurrencyName: Points) → PointsBalance: Points',
    );
  });

  it('have dates, unless they are the product’s own for always', () => {
    const { startDate, endDate } = ruleNamed(purchases, 'Summer of Tea');
    expect([startDate, endDate]).to.deep.equal(['2026-06-01', '2026-08-31']);
    expect(ruleNamed(purchases, 'Set up')).to.include({ startDate: undefined, endDate: undefined });
    expect(ruleNamed(purchases, 'Double Points Weekend').promotion).to.equal('Double Points Weekend');
    expect(ruleNamed(purchases, 'Winter of Cocoa').status).to.equal('Inactive');
  });

  it('have their steps as a tree', () => {
    expect(outline(ruleNamed(purchases, 'Credit'))).to.deep.equal([
      'group By tier',
      '  condition Is Gold',
      '    action Half more',
      '  condition Is Silver',
      '    action A quarter more',
      'condition Has points to credit',
      '  action Credit the points',
      '  action Credit status points',
      '  action Count the cup',
      '  condition Joined Ten Cups',
      '    action Count towards Ten Cups',
      '    condition Ten cups are full',
      '      action Give a free drink for ten cups',
      '      action Start Ten Cups again',
      'condition Has many cups and no badge',
      '  action Give the badge',
      '  action Write a mail',
    ]);
  });

  it('have conditions with logic and typed literals', () => {
    const steps = stepsIn(ruleNamed(purchases, 'Credit'));
    const condition = steps.find(({ name }) => name === 'Has points to credit');
    if (condition?.kind !== 'condition') throw new Error('there is no such condition');
    const criterion = (sequence: number) => ({ is: 'criterion', sequence });
    expect(condition.logic).to.deep.equal({
      is: 'AND',
      parts: [criterion(1), criterion(2), { is: 'OR', parts: [criterion(3), criterion(4)] }],
    });
    const [points, , code] = condition.criteria;
    const now = { now: 0, timeZone: 'UTC' };
    expect(points).to.include({ field: 'PurchasePoints', operator: 'GreaterThan', valueType: 'Literal', text: '0' });
    expect(points?.value?.evaluate(() => null, now)).to.equal(0);
    expect(code).to.include({ field: 'TransactionJournal.VoucherCode', valueType: 'Formula', text: 'NULL' });
    expect(code?.value?.evaluate(() => null, now)).to.equal(null);
  });

  it('tell inputs, outputs and keywords of actions apart', () => {
    const text = (name: string) =>
      actionText(
        found(
          allActions(rules).find((action) => action.name === name),
          name,
        ),
      );
    expect(text('Look up the multiplier')).to.equal(
      'GetOutputsFromDecisionTable Drink_Multiplier(Brand__c: {!TransactionJournal.Brand}) → ' +
        'DecisionTableOutcomeType: MultiplierMatch, DecisionTableSingleOutcome: Multiplier',
    );
    expect(text('Make a code')).to.equal(
      'RunFlow Make_Voucher_Code(Count: 1, OrderId: {!OrderId}, VoucherDefinitionName: "Free Drink") → ' +
        'Code: VoucherCode, ValidUntil: VoucherValidUntil',
    );
    expect(text('Count the cup')).to.equal(
      'UpdateCurrentValueForMemberAttribute(EngagementAttributeName: Cups, UpdateType: IncreaseCurrentValue, Value: 1)' +
        ' → MemberAttributeCurrentValue: CupsAfter',
    );
    expect(text('Give a free drink for ten cups')).to.equal('IssueVoucher(VoucherDefinitionName: {!VoucherName})');
    expect(text('Pay for the voucher')).to.equal(
      'RunProgramProcess Points Redemptions(ActivityDate: {!TransactionJournal.ActivityDate}, ' +
        'MemberId: {!TransactionJournal.MemberId}, Order_ID__c: {!OrderId}, TransactionAmount: {!VoucherTarget})',
    );
    expect(text('Update the member')).to.equal(
      'Crud update LoyaltyProgramMember(Id: {!MemberId}, Nickname__c: {!FirstName}) → _outputId: MemberId',
    );
    expect(text('Write a note')).to.match(/^Crud create Return_Note__c\(Member__c: .*\) → _outputId: NoteId$/s);
  });

  it('assign variables in their sequence', () => {
    const action = found(
      allActions(rules).find(({ name }) => name === 'Start with base points'),
      'action',
    );
    expect(action.inputs.map(({ name }) => name)).to.deep.equal([
      'Spent',
      'BasePoints',
      'PromotionPoints',
      'TierPoints',
      'CheckedAt',
    ]);
  });

  it('warn of a step that never runs, and leave it out', () => {
    expect(rules.warnings.map(({ message }) => message)).to.deep.equal([
      'the action "Tell the old till" is in no step mapping, so it never runs',
    ]);
    expect(allActions(rules).map(({ name }) => name)).to.not.include('Tell the old till');
  });

  it('know where their parts are', () => {
    const { place } = ruleNamed(purchases, 'Credit');
    expect(place.file).to.equal(harbourFile);
    expect(place.line).to.be.greaterThan(1);
  });

  it('may be none', async () => {
    await withFiles({ 'loyaltyProgramSetups/Empty.loyaltyProgramSetup': emptyProgram('Empty') }, async (folder) => {
      expect((await loadProgramRules(folder)).map(withoutPlaces)).to.deep.equal([
        { label: 'Empty', processes: [], warnings: [] },
      ]);
    });
  });
});

const emptyProgram = (label: string): string => `<LoyaltyProgramSetup><label>${label}</label></LoyaltyProgramSetup>`;

async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a source folder', () => {
  it('has programs at any depth, as source or as deployed, in the order of their names', async () => {
    const files = {
      'b/main/loyaltyProgramSetups/B.loyaltyProgramSetup-meta.xml': emptyProgram('Beach Club'),
      'a/loyaltyProgramSetups/Z.loyaltyProgramSetup': emptyProgram('Alley Club'),
      'loyaltyProgramSetups/README.md': 'no program',
      'a/other/X.loyaltyProgramSetup-meta.xml': emptyProgram('Elsewhere'),
      'node_modules/x/loyaltyProgramSetups/X.loyaltyProgramSetup': emptyProgram('Foreign'),
    };
    await withFiles(files, async (folder) => {
      expect((await loadProgramRules(folder)).map(({ label }) => label)).to.deep.equal(['Alley Club', 'Beach Club']);
    });
  });

  it('can be one file', async () => {
    await withFiles({ 'club.xml': smallProgram }, async (folder) => {
      expect((await loadProgramRules(join(folder, 'club.xml'))).map(({ label }) => label)).to.deep.equal(['Pier Club']);
    });
  });

  it('is refused with the mistakes of all files', async () => {
    const broken = changed([['<status>Active</status>', '<status>On</status>']]);
    const files = {
      'loyaltyProgramSetups/One.loyaltyProgramSetup': broken,
      'loyaltyProgramSetups/Two.loyaltyProgramSetup': broken,
    };
    await withFiles(files, async (folder) => {
      const message = await loadProgramRules(folder).catch(String);
      expect(message).to.match(/2 issues:\n.*One\.loyaltyProgramSetup:9: .*\n.*Two\.loyaltyProgramSetup:9: /);
    });
  });

  it('is refused if two files have the same program', async () => {
    const files = {
      'a/loyaltyProgramSetups/Club.loyaltyProgramSetup': emptyProgram('Pier Club'),
      'b/loyaltyProgramSetups/Club.loyaltyProgramSetup': emptyProgram('pier club'),
    };
    await withFiles(files, async (folder) => {
      const message = await loadProgramRules(folder).catch(String);
      expect(message).to.match(/the program "pier club" is already in .*a\/loyaltyProgramSetups/);
    });
  });

  it('is refused if it does not exist', async () => {
    expect(await loadProgramRules('/does/not/exist').catch(String)).to.contain(
      '/does/not/exist:1: it cannot be read (ENOENT)',
    );
  });
});
