import { expect } from 'chai';
import { ExampleOrg, idOf } from './exampleOrg.js';

describe('SOQL where', () => {
  let org: ExampleOrg;

  beforeEach(() => {
    org = new ExampleOrg();
  });

  /** Membership numbers of the members that the condition keeps. */
  const kept = (condition: string): unknown[] =>
    org.list(
      `SELECT MembershipNumber FROM LoyaltyProgramMember WHERE ${condition} ORDER BY MembershipNumber`,
      'MembershipNumber',
    );

  describe('on text', () => {
    beforeEach(() => {
      org.insert('LoyaltyProgramMember', { MembershipNumber: '1', HomeCity: 'Köln', ExternalKey__c: 'abC' });
      org.insert('LoyaltyProgramMember', { MembershipNumber: '2', HomeCity: '100%_\\', ExternalKey__c: 'ABC' });
      org.insert('LoyaltyProgramMember', { MembershipNumber: '3', HomeCity: null, ExternalKey__c: 'a*C' });
    });

    for (const [condition, expected] of [
      ["HomeCity = 'KöLN'", ['1']],
      ["HomeCity != 'köln'", ['2', '3']],
      ["HomeCity <> 'köln'", ['2', '3']],
      ["HomeCity = ''", ['3']],
      ['HomeCity = null', ['3']],
      ['HomeCity != null', ['1', '2']],
      ["HomeCity IN ('köln', null)", ['1', '3']],
      ["HomeCity NOT IN ('köln')", ['2', '3']],
      ["HomeCity NOT IN ('köln', null)", ['2']],
      ["NOT HomeCity = 'köln'", ['2', '3']],
      ["NOT (HomeCity LIKE 'k%' OR HomeCity = null)", ['2']],
      ["HomeCity LIKE 'K_LN'", ['1']],
      ["HomeCity LIKE '100\\%\\_\\\\'", ['2']],
      ["HomeCity LIKE '1%\\%%'", ['2']],
      ["HomeCity LIKE '\\%%'", []],
      ["HomeCity > 'a'", ['1']],
      ["ExternalKey__c = 'ABC'", ['2']],
      ["ExternalKey__c LIKE 'A%'", ['2']],
      ["ExternalKey__c LIKE 'a*_'", ['3']],
    ] as const) {
      it(`keeps ${expected.join(', ') || 'nothing'} by ${condition}`, () => {
        expect(kept(condition)).to.deep.equal(expected);
      });
    }
  });

  describe('on other types', () => {
    beforeEach(() => {
      org.insert('LoyaltyProgramMember', {
        MembershipNumber: '1',
        Points: 10.5,
        CanReceivePromotions: 1,
        Interests: 'Golf;Tea',
        Birthday: '2026-03-18',
        EnrollmentDate: '2026-03-18T00:00:00.000Z',
      });
      org.insert('LoyaltyProgramMember', {
        MembershipNumber: '2',
        Points: -3,
        CanReceivePromotions: 0,
        Interests: 'Golf%',
        Birthday: '2026-03-17',
        EnrollmentDate: '2026-03-17T23:30:00.000Z',
        ReferrerId: idOf('0lM', 1),
      });
    });

    for (const [condition, expected] of [
      ['Points > -3.0', ['1']],
      ['Points IN (10.5, 4)', ['1']],
      ['Points = USD10.5', ['1']],
      ['CanReceivePromotions = TRUE', ['1']],
      ['CanReceivePromotions = null', ['2']],
      ['CanReceivePromotions IN (true, false)', ['1', '2']],
      ['Referrer.CanReceivePromotions = false', ['1']],
      ['NOT Referrer.CanReceivePromotions = true', ['1']],
      ["Interests INCLUDES ('tea;golf', 'x')", ['1']],
      ["Interests INCLUDES ('Gol')", []],
      ["Interests INCLUDES ('golf%')", ['2']],
      ["Interests EXCLUDES ('Tea')", ['2']],
      ["Interests = 'Golf;Tea'", ['1']],
      ['Birthday = 2026-03-18', ['1']],
      ['Birthday = TODAY', ['1']],
      ['Birthday < TODAY', ['2']],
      ['Birthday >= YESTERDAY', ['1', '2']],
      ['Birthday IN (YESTERDAY, TOMORROW)', ['2']],
      ['Birthday = LAST_N_DAYS:0', ['1']],
      ['EnrollmentDate = 2026-03-18T01:00:00+01:00', ['1']],
      ['EnrollmentDate >= 2026-03-18T00:00:00.001Z', []],
      ['EnrollmentDate > 2026-03-17T23:59:59.999Z', ['1']],
      ['EnrollmentDate < 2026-03-17T23:30:00.5Z', ['2']],
      ['EnrollmentDate = THIS_MONTH', ['1', '2']],
      ['EnrollmentDate != TODAY', ['2']],
      ['DAY_ONLY(EnrollmentDate) = 2026-03-17', ['2']],
      ['HOUR_IN_DAY(EnrollmentDate) = 23', ['2']],
      ["Referrer.MembershipNumber = '1'", ['2']],
      ["ReferrerId = ''", ['1']],
      [`ReferrerId IN ('${idOf('0lM', 1).slice(0, 15)}')`, ['2']],
    ] as const) {
      it(`keeps ${expected.join(', ') || 'nothing'} by ${condition}`, () => {
        expect(kept(condition)).to.deep.equal(expected);
      });
    }

    it('begins days in the time zone of the user', () => {
      const soql = 'SELECT MembershipNumber FROM LoyaltyProgramMember WHERE EnrollmentDate = TODAY';
      expect(org.list(soql, 'MembershipNumber', { timeZone: 'Europe/Berlin' })).to.deep.equal(['1', '2']);
    });

    it('reads date functions in UTC unless the query converts the time zone', () => {
      const soql =
        'SELECT MembershipNumber FROM LoyaltyProgramMember WHERE DAY_ONLY(convertTimezone(EnrollmentDate)) = 2026-03-18';
      expect(org.list(soql, 'MembershipNumber', { timeZone: 'Europe/Berlin' })).to.deep.equal(['1', '2']);
    });
  });

  it('reads the escapes of a literal', () => {
    org.insert('LoyaltyProgramMember', { MembershipNumber: 'a\u2028b\n"é\\\'' });
    expect(kept("MembershipNumber = 'a\u2028b\\n\\\"\\u00e9\\\\\\''")).to.have.length(1);
  });

  describe('with semi-joins', () => {
    it('keeps or leaves out the rows that a sub-select finds', () => {
      const programId = org.insert('LoyaltyProgram', { Name: 'Cirrus' });
      org.insert('LoyaltyProgram', { Name: 'Empty' });
      org.insert('LoyaltyProgramMember', { MembershipNumber: '1', ProgramId: programId });
      org.insert('LoyaltyProgramMember', { MembershipNumber: '2' });
      const members = 'SELECT ProgramId FROM LoyaltyProgramMember';
      expect(org.list(`SELECT Name FROM LoyaltyProgram WHERE Id IN (${members})`, 'Name')).to.deep.equal(['Cirrus']);
      expect(org.list(`SELECT Name FROM LoyaltyProgram WHERE Id NOT IN (${members})`, 'Name')).to.deep.equal(['Empty']);
      expect(kept("ProgramId IN (SELECT Id FROM LoyaltyProgram WHERE Name LIKE 'cir%')")).to.deep.equal(['1']);
    });
  });

  describe('on large conditions', () => {
    it('accepts thousands of values and alternatives', () => {
      org.insert('LoyaltyProgramMember', { MembershipNumber: '2999', Visits: 2999 });
      const numbers = Array.from({ length: 3000 }, (_, index) => String(index));
      expect(kept(`MembershipNumber IN (${numbers.map((number) => `'${number}'`).join(',')})`)).to.have.length(1);
      expect(kept(numbers.map((number) => `Visits = ${number}`).join(' OR '))).to.have.length(1);
    });
  });

  describe('with an index', () => {
    for (const condition of ["= 'm-1'", "IN ('m-1', 'm-2')", "> 'm-1'", "LIKE 'm-1%'"]) {
      it(`uses it for ${condition}`, () => {
        const plan = org.plan(`SELECT Id FROM LoyaltyProgramMember WHERE MembershipNumber ${condition}`);
        expect(plan).to.match(/SEARCH t0 USING INDEX number/);
      });
    }
  });
});
