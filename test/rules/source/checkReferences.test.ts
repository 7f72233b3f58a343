import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { checkReferences, parseProgramRules } from '../../../src/rules/index.js';
import type { ProgramNames } from '../../../src/rules/index.js';
import { harbourNames } from './harbourNames.js';
import { harbourFile, loadHarbourRules } from './harbourRules.js';
import { changed } from './smallProgram.js';
import type { Change } from './smallProgram.js';

const harbour = readFileSync(harbourFile, 'utf8');

/** What the org lacks after changes of the rules or of the org. */
function missing(changes: readonly Change[], names: Partial<ProgramNames> = {}): string[] {
  const rules = parseProgramRules(changed(changes, harbour), 'rules.xml');
  const issues = checkReferences(rules, { ...harbourNames, ...names });
  return [...new Set(issues.map(({ message }) => message))];
}

const objectsWithout = (name: string, field: string): Partial<ProgramNames> => {
  const objects = new Map(harbourNames.objects);
  const { fields = [], parents = new Map<string, string>() } = objects.get(name) ?? {};
  objects.set(name, { fields: [...fields].filter((each) => each !== field), parents });
  return { objects };
};

describe('what rules refer to', () => {
  it('is complete for the example', async () => {
    expect(checkReferences(await loadHarbourRules(), harbourNames)).to.deep.equal([]);
  });

  const parts: Readonly<Record<string, readonly [Partial<ProgramNames>, ...string[]]>> = {
    currencies: [
      { currencies: ['Harbor Points', 'Crew Points'] },
      'the currency "Harbour Points" does not exist; did you mean "Harbor Points"?',
    ],
    'voucher definitions, also of constants': [
      { voucherDefinitions: ['Free Drinks'] },
      'the voucher definition "Free Drink" does not exist; did you mean "Free Drinks"?',
    ],
    'engagement attributes': [
      { engagementAttributes: ['Balance', 'Cups'] },
      'the engagement attribute "Pier Visits" does not exist; known are "Balance", "Cups"',
    ],
    'promotions of rules and of actions': [
      { promotions: [] },
      'the promotion "Double Points Weekend" does not exist',
      'the promotion "Ten Cups" does not exist',
    ],
    badges: [{ badges: [] }, 'the badge "Regular" does not exist'],
    'tier groups': [{ tierGroups: ['Crews'] }, 'the tier group "Crew" does not exist; did you mean "Crews"?'],
    tiers: [{ tiers: ['Silver'] }, 'the tier "Gold" does not exist; known is "Silver"'],
    flows: [
      { flows: ['Get_Order_Points'] },
      'the flow "Make_Voucher_Code" does not exist; known is "Get_Order_Points"',
    ],
    'decision tables': [{ decisionTables: [] }, 'the decision table "Drink_Multiplier" does not exist'],
    'journal types': [
      { journalTypes: new Map([['Accrual', ['Purchase', 'Return', 'Partner']]]) },
      'the journal type "Points Expiration" does not exist; known is "Accrual"',
      'the journal type "Redemption" does not exist; known is "Accrual"',
    ],
    'subtypes of journals': [
      { journalTypes: new Map([...harbourNames.journalTypes, ['Accrual', ['Purchase', 'Partner']]]) },
      'the subtype of Accrual "Return" does not exist; known are "Purchase", "Partner"',
    ],
    'fields of journals': [objectsWithout('TransactionJournal', 'Brand'), 'TransactionJournal has no field "Brand"'],
    'fields of other records on a path': [
      objectsWithout('Contact', 'Email'),
      'Contact has no field "Email"; known are "Id", "Birthdate", "FirstName"',
    ],
    'fields that actions write': [
      objectsWithout('LoyaltyProgramMember', 'Nickname__c'),
      'LoyaltyProgramMember has no field "Nickname__c"; known are "Id", "LastActivityDate", "MemberStatus", "Status_Points__c"',
    ],
    'fields of journals that actions make': [
      objectsWithout('TransactionJournal', 'Order_ID__c'),
      'TransactionJournal has no field "Order_ID__c"; known are "Id", "ActivityDate", "Brand", "Channel"',
    ],
    'fields of what decision tables return': [
      objectsWithout('Drink_Multiplier__c', 'Factor__c'),
      'Drink_Multiplier__c has no field "Factor__c"; known is "Id"',
    ],
    objects: [
      { objects: new Map([...harbourNames.objects].filter(([name]) => name !== 'Return_Note__c')) },
      'the object "Return_Note__c" does not exist',
    ],
  };
  for (const [name, [names, ...messages]] of Object.entries(parts)) {
    it(`is missed: ${name}`, () => {
      for (const message of missing([], names))
        expect(messages.some((each) => message.startsWith(each))).to.equal(true, message);
      expect(missing([], names)).to.have.length(messages.length);
    });
  }

  it('is missed with its line', () => {
    const rules = parseProgramRules(harbour, 'rules.xml');
    const [issue] = checkReferences(rules, { ...harbourNames, badges: [] });
    const line = harbour.split('\n').findIndex((text) => text.includes('LoyaltyProgramBadgeName')) + 1;
    expect(issue?.place).to.deep.equal({ file: 'rules.xml', line });
  });

  it('is missed: processes, which have to be in the same file', () => {
    const change: Change = ['<loyaltyProgramProcess>Tier Assessment<', '<loyaltyProgramProcess>Tier Asessment<'];
    expect(missing([change])).to.deep.equal([
      'the process "Tier Asessment" does not exist; did you mean "Tier Assessment"?',
    ]);
  });

  it('is missed: relationships', () => {
    expect(
      missing([['TransactionJournal.Member.MemberStatus', 'TransactionJournal.Membr.MemberStatus']]),
    ).to.deep.equal(['TransactionJournal has no relationship "Membr"; did you mean "Member"?']);
  });

  it('is missed: the name that a constant has', () => {
    expect(missing([['<value>Free Drink</value>', '<value>Free Dink</value>']])).to.deep.equal([
      'the voucher definition "Free Dink" does not exist; did you mean "Free Drink"?',
    ]);
  });

  it('has names of any case', () => {
    expect(
      missing([], { currencies: ['HARBOUR POINTS', 'crew points'], flows: ['get_order_points', 'make_voucher_code'] }),
    ).to.deep.equal([]);
  });

  it('is not what a flow is given: such a name can be anything', () => {
    expect(missing([['"Free Drink"'.replaceAll('"', '&quot;'), '&quot;No voucher&quot;']])).to.deep.equal([]);
  });
});
