import { expect } from 'chai';
import * as fc from 'fast-check';
import { SoqlError } from '../../../src/emulator/soql/index.js';
import { condition, insertMember, member, quoted } from './conditionModels.js';
import { ExampleOrg } from './exampleOrg.js';

describe('SOQL properties', () => {
  it('keep exactly the rows for which the condition is true', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 8 }), condition, (members, { soql, keeps }) => {
        // Three NOTs in a row are refused.
        fc.pre(!/\bNOT[\s(]+NOT[\s(]+NOT\b/.test(soql));
        const org = new ExampleOrg();
        const expected = members.flatMap((row) => {
          const id = insertMember(org, row);
          return keeps(row) ? [id] : [];
        });
        const kept = `SELECT Id FROM LoyaltyProgramMember WHERE ${soql} ORDER BY Id`;
        expect(org.list(kept, 'Id', { timeZone: 'Europe/Berlin' })).to.deep.equal(expected);
        org.db.close();
      }),
      { numRuns: 300 },
    );
  });

  it('sort by several fields, with nulls first or last as the query says', () => {
    const fields = fc.uniqueArray(fc.constantFrom('Visits', 'Points', 'Birthday'), { minLength: 1 });
    const direction = fc.record({ descending: fc.boolean(), nullsLast: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 8 }),
        fields,
        fc.tuple(direction, direction, direction),
        (rows, by, how) => {
          const org = new ExampleOrg();
          const members = rows.map((row) => ({ ...row, id: insertMember(org, row) }));
          const keys = by.map((field, index) => ({
            field,
            ...(how[index] ?? { descending: false, nullsLast: false }),
          }));
          members.sort((left, right) => {
            for (const { field, descending, nullsLast } of keys) {
              const [a, b] = [left[field], right[field]];
              if (a === b) continue;
              if (a === null || b === null) return (a === null) === nullsLast ? 1 : -1;
              return a < b === descending ? 1 : -1;
            }
            return left.id < right.id ? -1 : 1;
          });
          const order = keys.map(({ field, descending, nullsLast }) => {
            return `${field} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
          });
          const sorted = org.list(`SELECT Id FROM LoyaltyProgramMember ORDER BY ${order.join(', ')}, Id`, 'Id');
          expect(sorted).to.deep.equal(members.map(({ id }) => id));
          org.db.close();
        },
      ),
    );
  });

  it('read any text in a literal as text', () => {
    const org = new ExampleOrg();
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        const storable = text.replaceAll('\u0000', '');
        fc.pre(storable !== '');
        org.db.exec('DELETE FROM "LoyaltyProgram"');
        org.insert('LoyaltyProgram', { Name: 'other' });
        const id = org.insert('LoyaltyProgram', { Name: storable });
        const soql = `SELECT Id FROM LoyaltyProgram WHERE Name = ${quoted(storable)} AND Name != 'other'`;
        expect(org.list(soql, 'Id')).to.deep.equal([id]);
      }),
    );
  });

  it('answer any query with rows or with a refusal', () => {
    const org = new ExampleOrg();
    org.insert('LoyaltyProgram', { Name: 'Cirrus' });
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "' OR Name != '",
        "x' UNION SELECT sql FROM sqlite_schema --",
        '"; DROP TABLE "LoyaltyProgram"; --',
        'Name" FROM sqlite_schema --',
        'rowid',
        '?1',
        "') OR (1=1",
        '/* */',
        'Id) FROM LoyaltyProgramMember --',
      ),
    );
    const template = fc.constantFrom(
      (text: string) => `SELECT Id, Name FROM LoyaltyProgram WHERE Name = '${text}'`,
      (text: string) => `SELECT Id, ${text} FROM LoyaltyProgram`,
      (text: string) => `SELECT Id FROM ${text}`,
      (text: string) => `SELECT Id FROM LoyaltyProgram ORDER BY ${text}`,
      (text: string) => `SELECT COUNT(${text}) FROM LoyaltyProgram`,
    );
    fc.assert(
      fc.property(template, piece, (build, text) => {
        const rows = rowsOrRefusal(org, build(text));
        for (const { attributes, ...fields } of rows) {
          expect(attributes.type).to.be.oneOf(['LoyaltyProgram', 'AggregateResult']);
          for (const field of Object.keys(fields)) expect(field).to.match(/^(Id|Name|expr0|\w+)$/);
        }
        expect(org.list('SELECT Name FROM LoyaltyProgram', 'Name')).to.deep.equal(['Cirrus']);
      }),
    );
  });
});

function rowsOrRefusal(org: ExampleOrg, soql: string): ReturnType<ExampleOrg['query']> {
  try {
    return org.query(soql);
  } catch (error) {
    if (error instanceof SoqlError) return [];
    throw error;
  }
}
