import { expect } from 'chai';
import { OrgRefusal } from '../../../src/emulator/orgRefusal.js';
import { SoqlError } from '../../../src/emulator/soql/index.js';
import { ExampleOrg } from './exampleOrg.js';

const member = 'SELECT Id FROM LoyaltyProgramMember';

/** Paths to `count` different parents, nearest first. */
function parentPaths(count: number): string {
  const paths = ['Program', 'CreatedBy', 'LastModifiedBy'];
  for (const path of paths) {
    if (paths.length >= count) break;
    paths.push(`${path}.CreatedBy`, `${path}.LastModifiedBy`);
  }
  return paths
    .slice(0, count)
    .map((path) => `${path}.Id`)
    .join(', ');
}

describe('SOQL refusals', () => {
  let org: ExampleOrg;

  beforeEach(() => {
    org = new ExampleOrg();
  });

  const refusal = (soql: string): OrgRefusal => {
    try {
      org.query(soql);
    } catch (error) {
      if (error instanceof OrgRefusal) return error;
      throw error;
    }
    throw new Error(`Not refused: ${soql}`);
  };

  it('quote the query with a caret under the mistake', () => {
    expect(refusal('SELECT Id, Foo__c FROM LoyaltyProgram').toBody()).to.deep.equal([
      {
        errorCode: 'INVALID_FIELD',
        message: [
          '',
          'SELECT Id, Foo__c FROM LoyaltyProgram',
          '           ^',
          'ERROR at Row:1:Column:12',
          "No such column 'Foo__c' on entity 'LoyaltyProgram'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
        ].join('\n'),
      },
    ]);
  });

  it('name row and column of a later line', () => {
    expect(refusal(`${member}\nWHERE Visits = 1 AND\n  Nope = 3`).message).to.include('ERROR at Row:3:Column:3\n');
  });

  it('do not put the caret under a literal', () => {
    const { message } = refusal(`${member} WHERE MembershipNumber = 'Nope' AND Nope = 3`);
    expect(message).to.include('ERROR at Row:1:Column:73\n');
  });

  const notAllowed: readonly (readonly [errorCode: string, message: RegExp, soql: string])[] = [
    ['MALFORMED_QUERY', /Column:11\nunexpected token: 'FORM'/, 'SELECT Id FORM LoyaltyProgram'],
    ['MALFORMED_QUERY', /Column:12\nunexpected token: 'FROM'/, 'SELECT Id, FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /unexpected token: '<EOF>'/, `${member} WHERE`],
    ['MALFORMED_QUERY', /unexpected token: '<EOF>'/, ''],
    ['MALFORMED_QUERY', /Column:69\nunexpected token: 'OR'/, `${member} WHERE Visits = 1 AND Visits = 2 OR Visits = 3`],
    ['MALFORMED_QUERY', /line 1:61 mismatched character/, `${member} WHERE MembershipNumber = 'x`],
    ['MALFORMED_QUERY', /Line breaks not allowed/, `${member} WHERE MembershipNumber = 'x\ny'`],
    ['MALFORMED_QUERY', /no viable alternative at character '"'/, `${member} WHERE MembershipNumber = "x"`],
    ['MALFORMED_QUERY', /Illegal character sequence '\\q'/, `${member} WHERE MembershipNumber = '\\q'`],
    ['MALFORMED_QUERY', /ALL ROWS not allowed/, `${member} ALL ROWS`],
    ['MALFORMED_QUERY', /String literal too long/, `${member} WHERE MembershipNumber = '${'x'.repeat(4001)}'`],
    ['MALFORMED_QUERY', /longer than 100000/, `${member} WHERE MembershipNumber = '${'x'.repeat(100_000)}'`],
    ['MALFORMED_QUERY', /Invalid date: 2024-02-30/, `${member} WHERE Birthday = 2024-02-30`],
    ['MALFORMED_QUERY', /Invalid date: LAST_N_DAYS/, `${member} WHERE Birthday = LAST_N_DAYS:99999999999`],
    ['MALFORMED_QUERY', /Relationship depth/, `SELECT ${'Referrer.'.repeat(6)}Visits FROM LoyaltyProgramMember`],
    [
      'MALFORMED_QUERY',
      /more than 20 sub-queries/,
      `SELECT ${'(SELECT Id FROM LoyaltyProgramMembers), '.repeat(21)}Id FROM LoyaltyProgram`,
    ],
    ['MALFORMED_QUERY', /must have a LIMIT of at most 200/, 'SELECT FIELDS(ALL) FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /must have a LIMIT of at most 200/, 'SELECT FIELDS(CUSTOM) FROM LoyaltyProgram LIMIT 201'],
    ['MALFORMED_QUERY', /only aggregate expressions use field aliasing/, 'SELECT Name n FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /must be grouped or aggregated: Name/, 'SELECT Name, COUNT(Id) FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /must be grouped or aggregated: CAL/, 'SELECT CALENDAR_YEAR(CreatedDate) FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /unexpected token: COUNT\(\)/, 'SELECT COUNT(), Id FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /does not support aggregate operator SUM/, 'SELECT SUM(Name) FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /duplicate alias: A/, 'SELECT COUNT(Id) a, MAX(Name) A FROM LoyaltyProgram'],
    ['MALFORMED_QUERY', /unexpected token: 'MAX'/, "SELECT Id FROM LoyaltyProgram WHERE MAX(Name) = 'x'"],
    ['MALFORMED_QUERY', /does not support function HOUR_IN_DAY/, `${member} WHERE HOUR_IN_DAY(Birthday) = 3`],
    ['MALFORMED_QUERY', /must be ids: Name/, `${member} WHERE Id IN (SELECT Name FROM LoyaltyProgram)`],
    [
      'MALFORMED_QUERY',
      /should not be on the same object type/,
      `${member} WHERE ReferrerId IN (SELECT ReferrerId FROM LoyaltyProgramMember)`,
    ],
    [
      'MALFORMED_QUERY',
      /field 'Id' in the subquery and the left operand field 'ReferrerId' .* point to the same object type/,
      `${member} WHERE ReferrerId IN (SELECT Id FROM LoyaltyProgram)`,
    ],
    [
      'MALFORMED_QUERY',
      /unexpected token: 'ORDER'/,
      `${member} WHERE ProgramId IN (SELECT Id FROM LoyaltyProgram ORDER BY Name LIMIT 1)`,
    ],
    [
      'MALFORMED_QUERY',
      /unexpected token: 'LIMIT'/,
      `${member} WHERE ProgramId IN (SELECT Id FROM LoyaltyProgram LIMIT 1)`,
    ],
    [
      'MALFORMED_QUERY',
      /unexpected token: 'GROUP'/,
      `${member} WHERE ProgramId IN (SELECT Id FROM LoyaltyProgram GROUP BY Id)`,
    ],
    ['MALFORMED_QUERY', /COUNT\(\) does not allow GROUP BY/, 'SELECT COUNT() FROM LoyaltyProgram GROUP BY Name'],
    ['MALFORMED_QUERY', /Non-grouped query .* cannot also use LIMIT/, 'SELECT COUNT(Id) FROM LoyaltyProgram LIMIT 1'],
    [
      'MALFORMED_QUERY',
      /only root queries support aggregate expressions/,
      'SELECT (SELECT COUNT(Id) FROM LoyaltyProgramMembers) FROM LoyaltyProgram',
    ],
    [
      'MALFORMED_QUERY',
      /only root queries support aggregate expressions/,
      'SELECT (SELECT Visits FROM LoyaltyProgramMembers GROUP BY Visits) FROM LoyaltyProgram',
    ],
    [
      'MALFORMED_QUERY',
      /not allowed with the 'OR' operator/,
      `${member} WHERE Visits = 1 OR Id IN (SELECT Id FROM LoyaltyProgram)`,
    ],
    [
      'MALFORMED_QUERY',
      /Nesting of semi join/,
      `${member} WHERE ProgramId IN (SELECT Id FROM LoyaltyProgram WHERE Id IN (${member}))`,
    ],
    ['MALFORMED_QUERY', /more than 55 parents/, `SELECT ${parentPaths(56)} FROM LoyaltyProgramMember`],
    ['INVALID_FIELD', /Didn't understand relationship 'Foo' in field path/, 'SELECT Foo.Id FROM LoyaltyProgram'],
    ['INVALID_FIELD', /No such column 'Youngster'/, 'SELECT Youngster FROM LoyaltyProgramMember'],
    ['INVALID_FIELD', /No such column 'constructor'/, 'SELECT Owner.constructor FROM LoyaltyProgramMember'],
    ['INVALID_FIELD', /duplicate field selected: Id/, 'SELECT Id, iD FROM LoyaltyProgram'],
    ['INVALID_FIELD', /'Visits' must be of type int and should not be enclosed/, `${member} WHERE Visits = '1'`],
    ['INVALID_FIELD', /must be of type string and should be enclosed/, `${member} WHERE MembershipNumber = 1`],
    ['INVALID_FIELD', /must be of type dateTime/, `${member} WHERE EnrollmentDate = 2024-01-01`],
    ['INVALID_FIELD', /must be of type boolean/, `${member} WHERE CanReceivePromotions = 1`],
    ['INVALID_FIELD', /'Notes' can not be filtered/, `${member} WHERE Notes = 'x'`],
    ['INVALID_FIELD', /'Interests' can not be sorted/, `${member} ORDER BY Interests`],
    ['INVALID_FIELD', /'Points' can not be grouped/, 'SELECT COUNT(Id) FROM LoyaltyProgramMember GROUP BY Points'],
    ['INVALID_TYPE', /sObject type 'Foo' is not supported/, 'SELECT Id FROM Foo'],
    [
      'INVALID_TYPE',
      /Didn't understand relationship 'Foos' in FROM/,
      'SELECT (SELECT Id FROM Foos) FROM LoyaltyProgram',
    ],
    ['INVALID_QUERY_FILTER_OPERATOR', /Column:48\ninvalid ID field: abc/, `${member} WHERE Id = 'abc'`],
    ['INVALID_QUERY_FILTER_OPERATOR', /Column:43\ninvalid operator on id field/, `${member} WHERE Id LIKE 'a%'`],
    ['INVALID_QUERY_FILTER_OPERATOR', /invalid operator on string/, `${member} WHERE MembershipNumber INCLUDES ('x')`],
    ['INVALID_QUERY_FILTER_OPERATOR', /invalid operator on boolean/, `${member} WHERE CanReceivePromotions > true`],
    ['NUMBER_OUTSIDE_VALID_RANGE', /Maximum SOQL offset allowed is 2000/, `${member} OFFSET 2001`],
  ];
  for (const [errorCode, message, soql] of notAllowed) {
    it(`are ${errorCode} for ${soql.slice(0, 100).replaceAll('\n', ' ')}`, () => {
      const error = refusal(soql);
      expect([error.status, error.errorCode]).to.deep.equal([400, errorCode]);
      expect(error.message).to.match(message);
    });
  }

  for (const [what, soql] of [
    ['ten parentheses', `${member} WHERE ${'('.repeat(10)}Visits = 1${')'.repeat(10)}`],
    ['the function DISTANCE', "SELECT DISTANCE(HomeAddress, GEOLOCATION(37, 122), 'mi') FROM LoyaltyProgramMember"],
    ['the object ObjectPermissions', 'SELECT Id FROM ObjectPermissions'],
    ['the object apexclass', `${member} WHERE Id IN (SELECT Id FROM apexclass)`],
  ] as const) {
    it(`say "not implemented" if an org has ${what}`, () => {
      const error = refusal(soql);
      expect([error.status, error.errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
      expect(error.message).to.contain(`This local org does not implement ${what}`);
    });
  }

  it('allow the maximum number of parents', () => {
    expect(org.query(`SELECT ${parentPaths(55)} FROM LoyaltyProgramMember`)).to.deep.equal([]);
  });

  it('respect the API version of an object', () => {
    expect(() => org.compile(member, { apiVersion: '50.0' })).to.throw(
      SoqlError,
      "'LoyaltyProgramMember' is not supported",
    );
    expect(org.compile('SELECT Youngster FROM LoyaltyProgramMember', { apiVersion: '67.0' }).nodes).to.have.length(1);
  });
});
