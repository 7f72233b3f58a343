import { expect } from 'chai';
import { ExampleOrg } from './exampleOrg.js';

describe('SOQL select', () => {
  let org: ExampleOrg;
  let programId: string;
  let anna: string;

  beforeEach(() => {
    org = new ExampleOrg();
    programId = org.insert('LoyaltyProgram', { Name: 'Cirrus' });
    anna = org.insert('LoyaltyProgramMember', {
      MembershipNumber: 'M-1',
      ProgramId: programId,
      Points: 45,
      CanReceivePromotions: 1,
      EnrollmentDate: '2026-03-01T08:00:00.000Z',
      Birthday: '1990-02-28',
    });
  });

  it('returns fields with their canonical names, in the order of the query', () => {
    const [row] = org.query(
      'select birthday, ENROLLMENTDATE, id, points, canreceivepromotions from loyaltyprogrammember',
    );
    expect(Object.entries(row ?? {})).to.deep.equal([
      [
        'attributes',
        { type: 'LoyaltyProgramMember', url: `/services/data/v66.0/sobjects/LoyaltyProgramMember/${anna}` },
      ],
      ['Birthday', '1990-02-28'],
      ['EnrollmentDate', '2026-03-01T08:00:00.000+0000'],
      ['Id', anna],
      ['Points', 45],
      ['CanReceivePromotions', true],
    ]);
  });

  it('nests parents, and returns null for a missing parent', () => {
    org.insert('LoyaltyProgramMember', { MembershipNumber: 'M-2', ReferrerId: anna });
    const soql =
      'SELECT Program.Name, Referrer.Program.Name, Referrer.MembershipNumber FROM LoyaltyProgramMember ORDER BY MembershipNumber';
    const [first, second] = org.query(soql);
    expect(first).to.deep.include({ Referrer: null });
    expect(first?.['Program']).to.deep.equal({
      attributes: { type: 'LoyaltyProgram', url: `/services/data/v66.0/sobjects/LoyaltyProgram/${programId}` },
      Name: 'Cirrus',
    });
    expect(second?.['Program']).to.equal(null);
    expect(second?.['Referrer']).to.deep.include({ MembershipNumber: 'M-1' });
    expect(second?.['Referrer']).to.have.nested.property('Program.Name', 'Cirrus');
  });

  for (const clause of [
    'WITH SECURITY_ENFORCED',
    'WITH USER_MODE',
    'LIMIT 5 FOR UPDATE',
    'FOR VIEW',
    'FOR REFERENCE',
  ]) {
    it(`accepts ${clause}, which changes nothing here`, () => {
      expect(org.list(`SELECT Id FROM LoyaltyProgramMember m ${clause}`, 'Id')).to.deep.equal([anna]);
    });
  }

  it('counts without returning rows', () => {
    const query = org.compile("SELECT COUNT() FROM LoyaltyProgramMember WHERE MembershipNumber LIKE 'm-%'");
    expect(query.shape).to.equal('count');
  });

  it('leaves out deleted rows unless the query asks for all rows', () => {
    org.insert('LoyaltyProgramMember', { MembershipNumber: 'gone', IsDeleted: 1 });
    const soql = 'SELECT MembershipNumber FROM LoyaltyProgramMember';
    expect(org.list(soql, 'MembershipNumber')).to.deep.equal(['M-1']);
    expect(org.list(soql, 'MembershipNumber', { allRows: true })).to.have.members(['M-1', 'gone']);
  });

  it('finds a row by an id of 15 or 18 characters', () => {
    for (const id of [anna, anna.slice(0, 15)]) {
      expect(org.list(`SELECT Id FROM LoyaltyProgramMember WHERE Id = '${id}'`, 'Id')).to.deep.equal([anna]);
    }
  });
});
