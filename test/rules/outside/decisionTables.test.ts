import { expect } from 'chai';
import type { RuleRecord, RuleValue } from '../../../src/rules/index.js';
import { goodFlows, OutsideFolder, rowsOf, tableLine } from './outsideFolder.js';

const flows = { 'flows.yml': goodFlows };
const csv = 'decisionTables/Rates.csv';
const metadata = 'decisionTables/Rates.decisionTable-meta.xml';

const parameter = (name: string, usage: string, more = ''): string =>
  `<decisionTableParameters><fieldName>${name}</fieldName><usage>${usage}</usage>${more}</decisionTableParameters>`;

function metadataXml(elements: string): string {
  const columns = parameter('Brand', 'INPUT', '<operator>Equals</operator>');
  const amount = parameter('Amount', 'INPUT', '<operator>GreaterOrEqual</operator>');
  return `<DecisionTable>\n${columns}\n${amount}\n${parameter('Rate__c', 'OUTPUT')}\n${elements}\n</DecisionTable>`;
}

function record(fields: Readonly<Record<string, RuleValue>>): RuleRecord {
  return { is: 'Record', fields: new Map(Object.entries(fields)) };
}

describe('decision tables beside the rules', () => {
  it('compare each input with its column as criteria do, and return the output columns', async () => {
    await using folder = await OutsideFolder.of({
      ...flows,
      [csv]:
        'if Brand,if Amount GreaterThanOrEquals,if Amount LessThan,then Rate__c,then Note\nAurora,0,100,1,small\nAurora,100,1000,2.5,007\n',
    });
    const rules = await folder.open();
    expect(rowsOf(rules, { brand: 'AURORA', Amount: 99.99 })).to.deep.equal([{ rate__c: 1, note: 'small' }]);
    expect(rowsOf(rules, { Brand: 'Aurora', Amount: 100 })).to.deep.equal([{ rate__c: 2.5, note: '007' }]);
    expect(rowsOf(rules, { Brand: 'Aurora', Amount: 1000 })).to.deep.equal([]);
    expect(rowsOf(rules, { Brand: null, Amount: 1 })).to.deep.equal([]);
  });

  it('do not compare an input that the action does not give', async () => {
    await using folder = await OutsideFolder.of({ ...flows, [csv]: 'if Brand,if Amount,then Rate__c\nAurora,5,2\n' });
    expect(rowsOf(await folder.open(), { Amount: 5 })).to.deep.equal([{ rate__c: 2 }]);
  });

  const overlapping = 'if Brand,if Amount GreaterThan,then Rate__c\nAurora,0,1\nAurora,0,2\nAurora,50,2\n';
  const policies: Record<string, readonly [above: number[], between: number[]]> = {
    FirstMatch: [[1], [1]],
    OutputOrder: [
      [1, 2, 2],
      [1, 2],
    ],
    AnyValue: [[], []],
  };
  for (const [policy, [above, between]] of Object.entries(policies))
    it(`with the policy ${policy} select rows, whether the file or the metadata says it`, async () => {
      await using inFile = await OutsideFolder.of({ ...flows, [csv]: `# policy: ${policy}\n${overlapping}` });
      await using inMetadata = await OutsideFolder.of({
        ...flows,
        [csv]: overlapping,
        [metadata]: metadataXml(`<filterResultBy>${policy}</filterResultBy>`),
      });
      for (const folder of [inFile, inMetadata]) {
        const rules = await folder.open();
        const rates = (Amount: number): unknown[] | undefined =>
          rowsOf(rules, { Brand: 'Aurora', Amount })?.map((row) => (row as { rate__c: number }).rate__c);
        expect(rates(51)).to.deep.equal(above);
        expect(rates(1)).to.deep.equal(between);
      }
    });

  it('return one of equal rows with the policy AnyValue', async () => {
    const same = 'if Brand,if Amount GreaterThan,then Rate__c\nAurora,0,2\nAurora,50,2\n';
    await using folder = await OutsideFolder.of({ ...flows, [csv]: `# policy: AnyValue\n${same}` });
    expect(rowsOf(await folder.open(), { Brand: 'Aurora', Amount: 51 })).to.deep.equal([{ rate__c: 2 }]);
  });

  it('fail if several rows match and nothing says which one counts', async () => {
    await using folder = await OutsideFolder.of({ ...flows, [csv]: overlapping });
    const rules = await folder.open();
    expect(() => rowsOf(rules, { Brand: 'Aurora', Amount: 1 })).to.throw('2 rows of the decision table Rates match');
  });

  it('take their columns from the metadata, where the file has names only', async () => {
    await using folder = await OutsideFolder.of({
      ...flows,
      [csv]: 'Rate__c,Brand,Amount\n2,Aurora,10\n',
      [metadata]: metadataXml('<conditionType>Any</conditionType>'),
    });
    const rules = await folder.open();
    expect(rowsOf(rules, { Brand: 'Borealis', Amount: 10 })).to.deep.equal([{ rate__c: 2 }]);
    expect(rowsOf(rules, { Brand: 'Borealis', Amount: 9 })).to.deep.equal([]);
  });

  it('read the records of the object where there is no file', async () => {
    const records = [record({ brand: 'Aurora', amount: 1, rate__c: 2 }), record({ brand: 'Borealis', rate__c: 1 })];
    await using folder = await OutsideFolder.of(flows);
    const rules = await folder.open();
    let asked = '';
    const rows = rules.decide('rates', new Map([['Brand', 'Borealis']]), (objectName) => {
      asked = objectName;
      return records;
    });
    expect(asked).to.equal('Rate__c');
    expect(rows?.map(({ fields }) => fields.get('rate__c'))).to.deep.equal([1]);
    expect(() => rules.decide('Rates', new Map(), () => undefined)).to.throw('the org has no object Rate__c');
  });

  const mistakes: Record<string, readonly [Record<string, string>, string]> = {
    'an empty file': [{ [csv]: '' }, `${csv}:1: the decision table is empty`],
    'a column that is neither': [
      { [csv]: 'Brand,then Rate__c\nAurora,1\n' },
      `${csv}:1: the column "Brand" is neither an input, such as "if Brand", nor an output, such as "then Points"`,
    ],
    'a misspelled operator': [
      { [csv]: '# policy: FirstMatch\nif Brand,if Amount GreaterThn,then Rate__c\n' },
      `${csv}:2: "GreaterThn" is not an operator; did you mean "GreaterThan"?`,
    ],
    'a short row': [
      { [csv]: 'if Brand,if Amount,then Rate__c\nAurora,1,1\nAurora,1\n' },
      `${csv}:3: the row has 2 cells, but 3 are expected`,
    ],
    'a policy for internal use': [
      { [csv]: '# policy: RuleOrder\nif Brand,if Amount,then Rate__c\n' },
      `${csv}:1: the policy "RuleOrder" is not supported; known are "FirstMatch", "OutputOrder", "AnyValue", "UniqueValues"`,
    ],
    'a policy of the metadata for internal use': [
      { [metadata]: metadataXml('<filterResultBy>CollectOperator</filterResultBy>') },
      `${metadata}:5: <filterResultBy> CollectOperator is not supported; it must be FirstMatch, OutputOrder, AnyValue or UniqueValues`,
    ],
    'an operator of the metadata that cells do not have': [
      {
        [metadata]: `<DecisionTable>\n${parameter('Brand', 'INPUT', '\n<operator>Matches</operator>')}</DecisionTable>`,
      },
      `${metadata}:3: <operator> Matches is not supported; it must be Equals, GreaterOrEqual, GreaterThan, LessOrEqual, LessThan or NotEquals`,
    ],
    'a table that is not active': [
      { [metadata]: metadataXml('<status>Draft</status>') },
      `${metadata}:5: the decision table is Draft, but rules use only active ones`,
    ],
    'an input that is no column': [
      { [csv]: 'if Brand,then Rate__c\nAurora,1\n' },
      `loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml:${tableLine + 2}: the decision table "Rates" has no input "Amount"; known is "Brand"`,
    ],
  };
  for (const [name, [files, message]] of Object.entries(mistakes))
    it(`tell ${name} with its place`, async () => {
      await using folder = await OutsideFolder.of({ ...flows, ...files });
      expect(await folder.mistakes()).to.deep.equal([message]);
    });

  it('of others are not looked at', async () => {
    await using folder = await OutsideFolder.of({ ...flows, 'decisionTables/Other.csv': 'nothing' });
    expect(await folder.mistakes()).to.deep.equal([]);
  });
});
