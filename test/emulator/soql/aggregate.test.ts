import { expect } from 'chai';
import { ExampleOrg } from './exampleOrg.js';

describe('SOQL aggregates', () => {
  let org: ExampleOrg;

  beforeEach(() => {
    org = new ExampleOrg();
    const programId = org.insert('LoyaltyProgram', { Name: 'Cirrus' });
    const rows = [
      ['Inactive', 0.1, 1, '2026-01-31T23:30:00.000Z'],
      ['Inactive', 0.2, 1, '2026-02-01T00:00:00.000Z'],
      ['Active', 5, 2, '2026-02-02T00:00:00.000Z'],
      [null, null, 2, null],
    ] as const;
    for (const [MemberStatus, Points, Visits, EnrollmentDate] of rows) {
      org.insert('LoyaltyProgramMember', { MemberStatus, Points, Visits, EnrollmentDate, ProgramId: programId });
    }
  });

  /** Rows without `attributes`, as lists of values. */
  const values = (soql: string): unknown[][] =>
    org.query(soql).map(({ attributes: _, ...fields }) => Object.values(fields));

  it('are named by their alias or exprN', () => {
    const soql =
      'SELECT COUNT(Id), COUNT(Points) known, COUNT_DISTINCT(Visits), SUM(Points) total, AVG(Visits), MIN(Points), MAX(EnrollmentDate) FROM LoyaltyProgramMember';
    expect(org.query(soql)).to.deep.equal([
      {
        attributes: { type: 'AggregateResult' },
        expr0: 4,
        known: 3,
        expr1: 2,
        total: 5.3,
        expr2: 1.5,
        expr3: 0.1,
        expr4: '2026-02-02T00:00:00.000+0000',
      },
    ]);
  });

  it('group rows, with picklists in the order of their values and nulls first', () => {
    const soql =
      'SELECT MemberStatus, SUM(Points) FROM LoyaltyProgramMember GROUP BY MemberStatus ORDER BY MemberStatus';
    expect(values(soql)).to.deep.equal([
      [null, null],
      ['Active', 5],
      ['Inactive', 0.3],
    ]);
  });

  it('group by parent fields and by date functions', () => {
    const soql =
      'SELECT Program.Name, CALENDAR_MONTH(EnrollmentDate) m, COUNT(Id) FROM LoyaltyProgramMember WHERE EnrollmentDate != null GROUP BY Program.Name, CALENDAR_MONTH(EnrollmentDate) ORDER BY COUNT(Id) DESC';
    expect(org.query(soql)).to.deep.equal([
      { attributes: { type: 'AggregateResult' }, Name: 'Cirrus', m: 2, expr0: 2 },
      { attributes: { type: 'AggregateResult' }, Name: 'Cirrus', m: 1, expr0: 1 },
    ]);
  });

  it('are filtered by HAVING', () => {
    const soql = (having: string): string =>
      `SELECT MemberStatus FROM LoyaltyProgramMember GROUP BY MemberStatus HAVING ${having} ORDER BY MemberStatus`;
    expect(values(soql('COUNT(Id) > 1'))).to.deep.equal([['Inactive']]);
    expect(values(soql("SUM(Points) < 5 OR (NOT MemberStatus LIKE 'in%')"))).to.deep.equal([
      [null],
      ['Active'],
      ['Inactive'],
    ]);
    expect(values(soql('MAX(EnrollmentDate) >= 2026-02-02T00:00:00Z'))).to.deep.equal([['Active']]);
  });

  it('add totals with ROLLUP and CUBE', () => {
    const soql = (by: string): string =>
      `SELECT MemberStatus s, Visits v, GROUPING(MemberStatus) gs, GROUPING(Visits) gv, COUNT(Id) n FROM LoyaltyProgramMember WHERE MemberStatus != null GROUP BY ${by}(MemberStatus, Visits) ORDER BY GROUPING(MemberStatus), GROUPING(Visits), MemberStatus, Visits`;
    const rollup = [
      ['Active', 2, 0, 0, 1],
      ['Inactive', 1, 0, 0, 2],
      ['Active', null, 0, 1, 1],
      ['Inactive', null, 0, 1, 2],
      [null, null, 1, 1, 3],
    ];
    expect(values(soql('ROLLUP'))).to.deep.equal(rollup);
    expect(values(soql('CUBE'))).to.deep.equal([
      ...rollup.slice(0, 4),
      [null, 1, 1, 0, 2],
      [null, 2, 1, 0, 1],
      ...rollup.slice(4),
    ]);
  });

  it('return one row if there are no records', () => {
    const soql = "SELECT COUNT(Id), SUM(Points) FROM LoyaltyProgramMember WHERE MembershipNumber = 'none'";
    expect(values(soql)).to.deep.equal([[0, null]]);
  });
});
