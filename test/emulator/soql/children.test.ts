import { expect } from 'chai';
import type { ChildRows } from '../../../src/emulator/soql/index.js';
import { ExampleOrg, idOf } from './exampleOrg.js';

describe('SOQL sub-queries', () => {
  let org: ExampleOrg;
  let full: string;

  beforeEach(() => {
    org = new ExampleOrg();
    full = org.insert('LoyaltyProgram', { Name: 'Full' });
    const other = org.insert('LoyaltyProgram', { Name: 'Other' });
    org.insert('LoyaltyProgram', { Name: 'Empty' });
    for (const number of ['3', '1', '2']) {
      org.insert('LoyaltyProgramMember', { MembershipNumber: number, ProgramId: full });
    }
    org.insert('LoyaltyProgramMember', { MembershipNumber: '4', ProgramId: other });
    org.insert('LoyaltyProgramMember', { MembershipNumber: '5', ProgramId: other, IsDeleted: 1 });
  });

  /** Membership numbers of each program's children. */
  const numbers = (subquery: string): unknown[] =>
    org
      .query(`SELECT Name, (${subquery}) FROM LoyaltyProgram ORDER BY Name DESC`)
      .map((row) => row['LoyaltyProgramMembers'] as ChildRows | null)
      .map((children) => children && children.records.map((record) => record['MembershipNumber']));

  it('nest the children of each record, and return null if there are none', () => {
    expect(numbers('SELECT MembershipNumber FROM LoyaltyProgramMembers ORDER BY MembershipNumber')).to.deep.equal([
      ['4'],
      ['1', '2', '3'],
      null,
    ]);
  });

  it('limit the children of each record separately', () => {
    const soql =
      'SELECT m.MembershipNumber FROM LoyaltyProgram.LoyaltyProgramMembers m ORDER BY m.MembershipNumber DESC';
    expect(numbers(`${soql} LIMIT 2`)).to.deep.equal([['4'], ['3', '2'], null]);
    expect(numbers(`${soql} LIMIT 2 OFFSET 1`)).to.deep.equal([null, ['2', '1'], null]);
  });

  it('filter children, and reach their parents', () => {
    const soql =
      "SELECT Name, (SELECT Program.Name FROM LoyaltyProgramMembers WHERE MembershipNumber = '1') FROM LoyaltyProgram WHERE Name = 'Full'";
    expect(org.query(soql)).to.deep.equal([
      {
        attributes: { type: 'LoyaltyProgram', url: `/services/data/v66.0/sobjects/LoyaltyProgram/${full}` },
        Name: 'Full',
        LoyaltyProgramMembers: {
          totalSize: 1,
          done: true,
          records: [
            {
              attributes: {
                type: 'LoyaltyProgramMember',
                url: `/services/data/v66.0/sobjects/LoyaltyProgramMember/${idOf('0lM', 5)}`,
              },
              Program: {
                attributes: { type: 'LoyaltyProgram', url: `/services/data/v66.0/sobjects/LoyaltyProgram/${full}` },
                Name: 'Full',
              },
            },
          ],
        },
      },
    ]);
  });
});
