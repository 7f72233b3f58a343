import { expect } from 'chai';
import { lintRules, parseProgramRules } from '../../../src/rules/index.js';
import { loadHarbourRules } from './harbourRules.js';
import { changed, smallProgram } from './smallProgram.js';
import type { Change } from './smallProgram.js';

const findings = (changes: readonly Change[], today = '2026-05-01'): string[] =>
  lintRules(parseProgramRules(changed(changes), 'rules.xml'), today).map(
    ({ code, level, place, message }) => `${level} ${code} ${place.line}: ${message}`,
  );

const spend = '<ruleName>Spend</ruleName>';
const second = (criterion: string): Change => [
  /<operator>NotEquals<[^]*?Literal<\/valueType>/.exec(smallProgram)?.[0] ?? '',
  criterion,
];
const criterion = (field: string, operator: string, value?: string): string =>
  `<operator>${operator}</operator><sequence>2</sequence><sourceFieldName>${field}</sourceFieldName>` +
  (value === undefined ? '' : `<value>${value}</value><valueType>Literal</valueType>`);
const [firstCriterion = ''] = /<operator>GreaterThanOrEquals<[^]*?Parameter<\/valueType>/.exec(smallProgram) ?? [];
const first = (text: string): Change => [firstCriterion, text.replace('<sequence>2<', '<sequence>1<')];

describe('rules without effect', () => {
  it('are not found where there are none', () => {
    expect(findings([])).to.deep.equal([]);
  });

  it('are found in the example, which has some of them', async () => {
    const found = lintRules(await loadHarbourRules(), '2026-09-01').map(({ code, message }) => `${code}: ${message}`);
    expect(found).to.include.members([
      'not-active: the process "Partner Points" is Draft, so it does not run',
      'not-active: the rule "Winter of Cocoa" is Inactive, so it does not run',
      'ends-before-start: the rule "Winter of Cocoa" ends on 2026-11-01, before it starts on 2026-12-01',
      'ended: the rule "Summer of Tea" ended on 2026-08-31',
      'no-effect: the action "Tell the old till" is in no step mapping, so it never runs',
      'never-used: the variable "CheckedAt" is set, but never used',
    ]);
    expect(found.join('\n')).to.not.contain('Forgotten').and.not.contain('never-set').and.not.contain('never-met');
  });

  it('are rules that have ended, unless a promotion decides', () => {
    const ended: Change = [spend, `${spend}<endDate>2026-04-30</endDate>`];
    expect(findings([ended])).to.deep.equal(['warning ended 77: the rule "Spend" ended on 2026-04-30']);
    expect(findings([ended], '2026-04-30')).to.deep.equal([]);
    expect(findings([[spend, `${spend}<endDate>2026-04-30</endDate><promotion>Spring</promotion>`]])).to.deep.equal([]);
  });

  it('are processes for the same journals as another one', () => {
    const other =
      '<programProcesses><journalType>accrual</journalType><processName>Second</processName>' +
      '<processType>TransactionJournal</processType><status>STATUS</status></programProcesses>\n</LoyaltyProgramSetup>';
    const change = (status: string): Change => ['</LoyaltyProgramSetup>', other.replace('STATUS', status)];
    expect(findings([change('Active')])).to.deep.equal([
      'warning shadowed-process 100: the process "Second" is for the same journals (accrual) as "Purchases" in line 7',
    ]);
    expect(findings([change('Inactive')])).to.deep.equal([
      'info not-active 100: the process "Second" is Inactive, so it does not run',
    ]);
  });

  it('are processes that call themselves', () => {
    const call = '<actionType>RunProgramProcess</actionType><loyaltyProgramProcess>Purchases</loyaltyProgramProcess>';
    expect(findings([['<actionType>DebitPoints</actionType>', call]])).to.deep.equal([
      'warning calls-itself 7: the process "Purchases" can call itself',
    ]);
  });

  const brand = 'TransactionJournal.Brand';
  const contradictions: Readonly<Record<string, readonly [one: string, other: string]>> = {
    'two different values': [criterion(brand, 'Equals', 'Tea'), criterion(brand, 'Equals', 'Cocoa')],
    'a value and not that value': [criterion(brand, 'Equals', 'Tea'), criterion(brand, 'NotEquals', 'tea')],
    'blank and not blank': [criterion(brand, 'IsNull'), criterion(brand, 'IsNotNull')],
    'blank and a value': [criterion(brand, 'Equals', 'Tea'), criterion(brand, 'IsNull')],
    'more than the most': [criterion('Points', 'GreaterThan', '10'), criterion('Points', 'LessThanOrEquals', '10')],
    'a value outside a limit': [criterion('Points', 'Equals', '3'), criterion('Points', 'GreaterThan', '5')],
  };
  for (const [name, [one, other]] of Object.entries(contradictions)) {
    it(`are conditions that contradict themselves: ${name}`, () => {
      expect(findings([first(one), second(other)]).join()).to.contain('never-met');
      const either: Change = ['<conditionCriteria>1 AND 2<', '<conditionCriteria>1 OR 2<'];
      expect(findings([first(one), second(other), either]).join()).to.not.contain('never-met');
    });
  }

  const possible: Readonly<Record<string, readonly [one: string, other: string]>> = {
    'limits that meet': [
      criterion('Points', 'GreaterThanOrEquals', '10'),
      criterion('Points', 'LessThanOrEquals', '10'),
    ],
    'one number with other digits': [criterion('Points', 'Equals', '1'), criterion('Points', 'Equals', '1.0')],
    'two fields': [criterion(brand, 'Equals', 'Tea'), criterion('TransactionJournal.Channel', 'Equals', 'Cocoa')],
    'not two values': [criterion(brand, 'NotEquals', 'Tea'), criterion(brand, 'NotEquals', 'Cocoa')],
  };
  for (const [name, [one, other]] of Object.entries(possible)) {
    it(`are not conditions that can be met: ${name}`, () => {
      expect(findings([first(one), second(other)]).join()).to.not.contain('never-met');
    });
  }

  it('tell which criteria contradict each other', () => {
    const [one, other] = [criterion(brand, 'Equals', 'Tea'), criterion(brand, 'Equals', 'Cocoa')];
    expect(findings([first(one), second(other)])).to.deep.equal([
      'warning never-met 65: the condition "Has enough" can never be met: TransactionJournal.Brand Equals "Tea" (line 60) ' +
        'contradicts TransactionJournal.Brand Equals "Cocoa" (line 63)',
    ]);
  });

  const inner =
    `<conditions><conditionCriteria>2</conditionCriteria><conditionFilterCriteria>${criterion(brand, 'Equals', 'Kiosk')}` +
    '</conditionFilterCriteria><conditionName>Is kiosk</conditionName></conditions><isProcess';
  const innerMapping =
    '<stepMappings><associatedStep>Is kiosk</associatedStep><parentStep>Has enough</parentStep><sequence>2</sequence></stepMappings>\n        </rules>';
  it('are conditions below one that they contradict, if nothing changes the journal', () => {
    const below: Change[] = [
      ['<isProcess', inner],
      ['</rules>', innerMapping],
    ];
    expect(findings(below).join()).to.contain('the condition "Is kiosk" can never be met');
    const crud =
      '<actionType>Crud</actionType><crudActionType>create</crudActionType><entityApiName>TransactionJournal</entityApiName>';
    expect(findings([...below, ['<actionType>DebitPoints</actionType>', crud]]).join()).to.not.contain('Is kiosk');
  });

  it('are conditions of a group behind an equal one', () => {
    const condition = (name: string): string => inner.replace('Is kiosk', name).replace('<isProcess', '');
    const mapping = (step: string, sequence: number, parent?: string): string =>
      `<stepMappings><associatedStep>${step}</associatedStep>${parent === undefined ? '' : `<parentStep>${parent}</parentStep>`}` +
      `<sequence>${sequence}</sequence></stepMappings>`;
    const group =
      '<conditions><conditionName>Kiosks</conditionName><conditionType>ConditionGroup</conditionType></conditions>';
    const mappings = [mapping('Kiosks', 3), mapping('One', 1, 'Kiosks'), mapping('Two', 2, 'Kiosks')].join('');
    expect(
      findings([
        ['<isProcess', `${group}${condition('One')}${condition('Two')}<isProcess`],
        ['</rules>', `${mappings}\n</rules>`],
      ]).join(),
    ).to.contain('the condition "Two" is the same as "One" before it in the group, so it never runs');
  });

  it('are variables that nothing sets', () => {
    expect(
      findings([
        [
          '<parameterName>PointsBalance</parameterName>\n                    <value>Points<',
          '<parameterName>PointsBalance</parameterName>\n                    <value>Other<',
        ],
        [
          '<rules>',
          '<parameters><dataType>Numeric</dataType><parameterName>Other</parameterName><parameterType>Variable</parameterType></parameters>\n        <rules>',
        ],
      ]),
    ).to.deep.equal([
      'warning never-set 25: the variable "Points" is used, but nothing in this process sets it: it is always blank, which counts as 0',
      'info never-used 29: the variable "Other" is set, but never used',
    ]);
  });

  it('are not variables that the caller of the process gets', () => {
    const other = (flag: string): Change => [
      '<rules>',
      `<parameters><dataType>Numeric</dataType>${flag}<parameterName>Left</parameterName><parameterType>Variable</parameterType></parameters>\n<rules>`,
    ];
    const output: Change = [
      '<actionType>GetMemberPointBalance</actionType>',
      '<actionParameters><parameterName>Rest</parameterName><value>Left</value></actionParameters>' +
        '<actionType>RunFlow</actionType><flowDefinition>Flow</flowDefinition>',
    ];
    expect(findings([other(''), output]).join()).to.contain('the variable "Left" is set, but never used');
    expect(findings([other('<isOutput>true</isOutput>'), output])).to.deep.equal([]);
  });
});
