import { expect } from 'chai';
import * as fc from 'fast-check';
import { SoqlError } from '../../../src/emulator/soql/index.js';
import { ExampleOrg } from './exampleOrg.js';

interface Member {
  readonly MembershipNumber: string | null;
  readonly Visits: number | null;
  readonly CanReceivePromotions: boolean;
  readonly Interests: string | null;
}

/** A condition in SOQL, and the same as a function: the model of what the platform says it means. */
interface Model {
  readonly soql: string;
  readonly keeps: (member: Member) => boolean;
}

const word = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', '%', '_', "'", '\\', '"', '*', '?', '['),
  minLength: 1,
  maxLength: 4,
});
const visits = fc.integer({ min: -3, max: 3 });
const interest = fc.constantFrom('Golf', 'Tea', 'T');

const member: fc.Arbitrary<Member> = fc.record({
  MembershipNumber: fc.option(word),
  Visits: fc.option(visits),
  CanReceivePromotions: fc.boolean(),
  Interests: fc.option(fc.uniqueArray(interest, { minLength: 1 }).map((values) => values.join(';'))),
});

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function same(left: string | null, right: string | null): boolean {
  return left?.toLowerCase() === right?.toLowerCase();
}

const equality = fc.tuple(fc.option(word), fc.constantFrom('=', '!=', '<>')).map(([value, operator]): Model => {
  const equals = operator === '=';
  return {
    soql: `MembershipNumber ${operator} ${value === null ? 'null' : quoted(value)}`,
    keeps: ({ MembershipNumber }) => same(MembershipNumber, value) === equals,
  };
});

const membership = fc
  .tuple(fc.array(fc.option(word), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([values, isIn]): Model => ({
    soql: `MembershipNumber ${isIn ? 'IN' : 'NOT IN'} (${values.map((value) => (value === null ? 'null' : quoted(value))).join(', ')})`,
    keeps: ({ MembershipNumber }) => values.some((value) => same(MembershipNumber, value)) === isIn,
  }));

/** A pattern as pieces: a wildcard, or text in which wildcards are escaped. */
const like = fc
  .array(
    fc.oneof(
      fc.constantFrom('%', '_').map((wildcard) => ({ wildcard })),
      word.map((text) => ({ text })),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((pieces): Model => {
    const pattern = pieces.map((piece) =>
      'wildcard' in piece ? piece.wildcard : piece.text.replace(/[\\'%_]/g, '\\$&'),
    );
    const expression = pieces.map((piece) =>
      'wildcard' in piece ? { '%': '.*', _: '.' }[piece.wildcard] : piece.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
    const matcher = new RegExp(`^${expression.join('')}$`, 'is');
    return {
      soql: `MembershipNumber LIKE '${pattern.join('')}'`,
      keeps: ({ MembershipNumber }) => MembershipNumber !== null && matcher.test(MembershipNumber),
    };
  });

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const order = fc.tuple(visits, fc.constantFrom('<', '<=', '>', '>=')).map(([value, operator]): Model => ({
  soql: `Visits ${operator} ${value}`,
  keeps: ({ Visits }) => Visits !== null && (comparisons[operator]?.(Visits, value) ?? false),
}));

const flag = fc.boolean().map((value): Model => ({
  soql: `CanReceivePromotions = ${value}`,
  keeps: ({ CanReceivePromotions }) => CanReceivePromotions === value,
}));

const includes = fc
  .tuple(fc.array(fc.uniqueArray(interest, { minLength: 1 }), { minLength: 1, maxLength: 2 }), fc.boolean())
  .map(([alternatives, includesThem]): Model => {
    const literals = alternatives.map((values) => quoted(values.join(';')));
    return {
      soql: `Interests ${includesThem ? 'INCLUDES' : 'EXCLUDES'} (${literals.join(', ')})`,
      keeps: ({ Interests }) => {
        const chosen = Interests?.split(';') ?? [];
        return alternatives.some((values) => values.every((value) => chosen.includes(value))) === includesThem;
      },
    };
  });

const condition = fc.letrec<{ tree: Model }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(equality, membership, like, order, flag, includes),
    tie('tree').map((part): Model => ({ soql: `NOT (${part.soql})`, keeps: (row) => !part.keeps(row) })),
    fc.tuple(fc.array(tie('tree'), { minLength: 2, maxLength: 3 }), fc.boolean()).map(([parts, all]): Model => ({
      soql: parts.map(({ soql }) => `(${soql})`).join(all ? ' AND ' : ' OR '),
      keeps: (row) => (all ? parts.every(({ keeps }) => keeps(row)) : parts.some(({ keeps }) => keeps(row))),
    })),
  ),
})).tree;

describe('SOQL properties', () => {
  it('keep exactly the rows of which the condition is true', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 8 }), condition, (members, { soql, keeps }) => {
        // Three NOTs in a row are refused.
        fc.pre(!/\bNOT[\s(]+NOT[\s(]+NOT\b/.test(soql));
        const org = new ExampleOrg();
        const expected = members.flatMap((row) => {
          const id = org.insert('LoyaltyProgramMember', {
            ...row,
            CanReceivePromotions: row.CanReceivePromotions ? 1 : 0,
          });
          return keeps(row) ? [id] : [];
        });
        expect(org.list(`SELECT Id FROM LoyaltyProgramMember WHERE ${soql} ORDER BY Id`, 'Id')).to.deep.equal(expected);
        org.db.close();
      }),
    );
  });

  it('take any text of a literal as text', () => {
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

  it('answer whatever is put into a query with its own rows or with a refusal', () => {
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
