import { expect } from 'chai';
import { runQuery, SoqlError } from '../../../src/emulator/soql/index.js';
import { ExampleOrg } from './exampleOrg.js';

describe('SOQL results', () => {
  let org: ExampleOrg;

  beforeEach(() => {
    org = new ExampleOrg();
  });

  const fill = (count: number): void => {
    org.db.exec('BEGIN');
    for (let index = 0; index < count; index++) org.insert('LoyaltyProgramMember', { Visits: count - index });
    org.db.exec('COMMIT');
  };

  it('give a count without records', () => {
    fill(7);
    const count = (soql: string): [number, unknown[]] => {
      const result = runQuery(org.db, org.compile(soql));
      return [result.totalSize, result.records(0, 2000)];
    };
    expect(count('SELECT COUNT() FROM LoyaltyProgramMember WHERE Visits > 3')).to.deep.equal([4, []]);
    expect(count('SELECT COUNT() FROM LoyaltyProgramMember LIMIT 5')).to.deep.equal([5, []]);
  });

  it('come in pages of at most 2,000, and writes in between change neither order nor size', () => {
    fill(4500);
    const result = runQuery(org.db, org.compile('SELECT Visits FROM LoyaltyProgramMember ORDER BY Visits'));
    org.insert('LoyaltyProgramMember', { Visits: 0 });
    const pages = [0, 2000, 4000].map((offset) => result.records(offset, 5000).map(({ Visits }) => Visits));
    expect(result.totalSize).to.equal(4500);
    expect(pages.map((page) => page.length)).to.deep.equal([2000, 2000, 500]);
    expect(pages.flat()).to.deep.equal(Array.from({ length: 4500 }, (_, index) => index + 1));
  });

  it('are listed without joining parents that are only selected', () => {
    const tables = (soql: string): number => org.compile(soql).ids().text.split('JOIN').length;
    expect(tables('SELECT Program.Name FROM LoyaltyProgramMember')).to.equal(1);
    expect(tables("SELECT Id FROM LoyaltyProgramMember WHERE Program.Name = 'x' ORDER BY Owner.Name")).to.equal(4);
  });

  it('count and skip within LIMIT and OFFSET', () => {
    fill(10);
    const soql = 'SELECT Visits FROM LoyaltyProgramMember WHERE Visits > 1 ORDER BY Visits';
    expect(org.list(`${soql} LIMIT 2 OFFSET 3`, 'Visits')).to.deep.equal([5, 6]);
    expect(org.list(`${soql} OFFSET 7`, 'Visits')).to.deep.equal([9, 10]);
    expect(org.list(`${soql} LIMIT 0`, 'Visits')).to.deep.equal([]);
  });

  it('refuse more groups than fit in one page', () => {
    fill(2001);
    const soql = 'SELECT Visits, COUNT(Id) FROM LoyaltyProgramMember GROUP BY Visits';
    expect(() => org.query(soql)).to.throw(SoqlError, 'does not support queryMore()');
    expect(org.query(`${soql} LIMIT 2000`)).to.have.length(2000);
  });

  describe('in order', () => {
    beforeEach(() => {
      const rows = [
        ['b', 'Inactive', 2],
        [null, null, null],
        ['A', 'Active', 1],
      ] as const;
      for (const [MembershipNumber, MemberStatus, Visits] of rows) {
        org.insert('LoyaltyProgramMember', { MembershipNumber, MemberStatus, Visits });
      }
    });

    for (const [order, expected] of [
      ['MembershipNumber', [null, 'A', 'b']],
      ['MembershipNumber DESC', [null, 'b', 'A']],
      ['MembershipNumber ASC NULLS LAST', ['A', 'b', null]],
      ['MembershipNumber DESC NULLS LAST', ['b', 'A', null]],
      ['MemberStatus', [null, 'A', 'b']],
      ['Program.Name, Visits DESC NULLS LAST', ['b', 'A', null]],
      ['CALENDAR_YEAR(CreatedDate), Id DESC', ['A', null, 'b']],
    ] as const) {
      it(`sort by ${order}`, () => {
        const soql = `SELECT MembershipNumber FROM LoyaltyProgramMember ORDER BY ${order}`;
        expect(org.list(soql, 'MembershipNumber')).to.deep.equal(expected);
      });
    }
  });

  it('contain whole sets of fields', () => {
    fill(1);
    const fields = (soql: string): string[] => Object.keys(org.query(soql)[0] ?? {});
    const custom = fields('SELECT FIELDS(CUSTOM) FROM LoyaltyProgramMember LIMIT 200');
    const standard = fields('SELECT FIELDS(STANDARD) FROM LoyaltyProgramMember');
    const all = fields('SELECT FIELDS(ALL) FROM LoyaltyProgramMember LIMIT 200');
    expect(custom).to.deep.equal(['attributes', 'ExternalKey__c']);
    expect(standard).to.include.members(['Id', 'SystemModstamp', 'Visits']).and.not.include('ExternalKey__c');
    expect(all).to.have.members([...standard, 'ExternalKey__c']);
    expect(all).to.not.include('Youngster');
  });

  it('contain compound addresses', () => {
    org.insert('LoyaltyProgramMember', { HomeCity: 'Ulm' });
    org.insert('LoyaltyProgramMember');
    const soql = 'SELECT HomeAddress FROM LoyaltyProgramMember ORDER BY Id';
    expect(org.list(soql, 'HomeAddress')).to.deep.equal([{ city: 'Ulm', postalCode: null }, null]);
  });

  it('reach a parent that may be one of several objects by their common name', () => {
    const userId = org.insert('User', { Name: 'Uma', Email: 'uma@example.com' });
    const groupId = org.insert('Group', { Name: 'Queue', Type: 'Queue' });
    org.insert('LoyaltyProgramMember', { OwnerId: userId });
    org.insert('LoyaltyProgramMember', { OwnerId: groupId });
    const soql =
      "SELECT Owner.Name, Owner.Type, Owner.Email FROM LoyaltyProgramMember WHERE Owner.Name IN ('UMA', 'queue') ORDER BY Id";
    const attributes = (type: string, id: string): object => ({
      type: 'Name',
      url: `/services/data/v66.0/sobjects/${type}/${id}`,
    });
    expect(org.list(soql, 'Owner')).to.deep.equal([
      { attributes: attributes('User', userId), Name: 'Uma', Type: 'User', Email: 'uma@example.com' },
      { attributes: attributes('Group', groupId), Name: 'Queue', Type: 'Group', Email: null },
    ]);
    expect(org.list("SELECT OwnerId FROM LoyaltyProgramMember WHERE Owner.Type = 'Group'", 'OwnerId')).to.deep.equal([
      groupId,
    ]);
  });

  it('describe their columns', () => {
    const soql =
      'SELECT Id, Name, (SELECT Program.Name, Visits FROM LoyaltyProgramMembers), CreatedBy.Email FROM LoyaltyProgram';
    const { columnMetadata, ...rest } = org.compile(soql).metadata;
    expect(rest).to.deep.equal({ entityName: 'LoyaltyProgram', groupBy: false, idSelected: true, keyPrefix: '0lp' });
    expect(columnMetadata[0]).to.deep.equal({
      aggregate: false,
      apexType: 'Id',
      booleanType: false,
      columnName: 'Id',
      custom: false,
      displayName: 'Id',
      foreignKeyName: null,
      insertable: false,
      joinColumns: [],
      numberType: false,
      textType: false,
      updatable: false,
    });
    expect(columnMetadata[2]).to.deep.include({ columnName: 'LoyaltyProgramMembers', aggregate: true });
    expect(columnMetadata[2]).to.have.nested.property('joinColumns[0].joinColumns[0].columnName', 'Name');
    expect(columnMetadata[2]).to.have.nested.property('joinColumns[1].numberType', true);
    expect(columnMetadata[3]).to.deep.include({ foreignKeyName: 'CreatedById', aggregate: false, apexType: null });
  });

  it('describe the columns of aggregates', () => {
    const soql = 'SELECT MemberStatus, AVG(Points), COUNT(Id) n FROM LoyaltyProgramMember GROUP BY MemberStatus';
    const { columnMetadata, groupBy } = org.compile(soql).metadata;
    expect(groupBy).to.equal(true);
    expect(
      columnMetadata.map(({ columnName, displayName, aggregate }) => [columnName, displayName, aggregate]),
    ).to.deep.equal([
      ['MemberStatus', 'MemberStatus', false],
      ['expr0', 'avg(Points)', true],
      ['n', 'count(Id)', true],
    ]);
  });
});
