import * as fc from 'fast-check';
import { context } from './exampleOrg.js';
import type { ExampleOrg } from './exampleOrg.js';

/** A row of the example org that conditions are tried on. */
export interface Member {
  readonly MembershipNumber: string | null;
  readonly Visits: number | null;
  readonly CanReceivePromotions: boolean;
  readonly Interests: string | null;
  readonly Points: number | null;
  readonly MemberStatus: string | null;
  readonly Birthday: string | null;
  readonly EnrollmentDate: string | null;
  /** `Program.Name`: no program, a program without a name, or one with it. */
  readonly program: { readonly Name: string | null } | null;
}

/** A condition in SOQL, and the same as a function: the model of what the platform says it means. */
export interface Model {
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

/** Hours around the time of the org: 15:30 on 18 March in London, 16:30 in Berlin. */
const berlin = 1;
const hours = fc.integer({ min: -60, max: 60 });

function at(hoursFromNow: number): string {
  return new Date(context.now.getTime() + hoursFromNow * 3_600_000).toISOString();
}

/** Days from today on the calendar of Berlin. */
function daysFromToday(moment: string): number {
  const day = (time: number): number => Math.floor((time + berlin * 3_600_000) / 86_400_000);
  return day(Date.parse(moment)) - day(context.now.getTime());
}

const points = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
const day = fc.integer({ min: -4, max: 4 }).map((days) => at(24 * days).slice(0, 10));

export const member: fc.Arbitrary<Member> = fc.record({
  MembershipNumber: fc.option(word),
  Visits: fc.option(visits),
  CanReceivePromotions: fc.boolean(),
  Interests: fc.option(fc.uniqueArray(interest, { minLength: 1 }).map((values) => values.join(';'))),
  Points: fc.option(points),
  MemberStatus: fc.option(fc.constantFrom('Active', 'Inactive', 'Other')),
  Birthday: fc.option(day),
  EnrollmentDate: fc.option(hours.map(at)),
  program: fc.option(fc.record({ Name: fc.option(word) })),
});

export function quoted(text: string): string {
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

/** A field against literals of its type. A missing value is neither less nor more. */
function orderOf<T extends number | string>(
  values: fc.Arbitrary<T>,
  field: (row: Member) => T | null,
  write: (value: T, operator: string) => string,
): fc.Arbitrary<Model> {
  const operators = fc.constantFrom(...Object.keys(comparisons), '=', '!=');
  return fc.tuple(values, operators).map(([value, operator]): Model => ({
    soql: write(value, operator),
    keeps: (row) => {
      const given = field(row);
      if (operator === '=' || operator === '!=') return (given === value) === (operator === '=');
      return given !== null && (comparisons[operator]?.(given < value ? -1 : Number(given > value), 0) ?? false);
    },
  }));
}

const integers = orderOf(
  visits,
  ({ Visits }) => Visits,
  (value, operator) => `Visits ${operator} ${value}`,
);
const decimals = orderOf(
  points,
  ({ Points }) => Points,
  (value, operator) => `Points ${operator} ${value}`,
);
const days = orderOf(
  day,
  ({ Birthday }) => Birthday,
  (value, operator) => `Birthday ${operator} ${value}`,
);
const moments = orderOf(
  hours.map(at),
  ({ EnrollmentDate }) => EnrollmentDate,
  (value, operator) => `EnrollmentDate ${operator} ${value}`,
);

/** First and last day of a literal, counted from today. */
const spans: Readonly<Record<string, readonly [number, number]>> = {
  YESTERDAY: [-1, -1],
  TODAY: [0, 0],
  TOMORROW: [1, 1],
  'LAST_N_DAYS:2': [-2, 0],
  'NEXT_N_DAYS:2': [1, 2],
  'N_DAYS_AGO:2': [-2, -2],
  // 18 March 2026 is a Wednesday.
  THIS_WEEK: [-3, 3],
};

const literals = fc
  .tuple(fc.constantFrom(...Object.entries(spans)), fc.constantFrom('=', '!=', '<', '<=', '>', '>='))
  .map(([[literal, [first, last]], operator]): Model => ({
    soql: `EnrollmentDate ${operator} ${literal}`,
    keeps: ({ EnrollmentDate }) => {
      if (EnrollmentDate === null) return operator === '!=';
      const days = daysFromToday(EnrollmentDate);
      const within = days >= first && days <= last;
      if (operator === '=' || operator === '!=') return within === (operator === '=');
      return comparisons[operator]?.(days, ['<', '>='].includes(operator) ? first : last) ?? false;
    },
  }));

const status = fc.tuple(fc.constantFrom('active', 'OTHER', 'none'), fc.boolean()).map(([value, equals]): Model => ({
  soql: `MemberStatus ${equals ? '=' : '!='} '${value}'`,
  keeps: ({ MemberStatus }) => same(MemberStatus, value) === equals,
}));

const parent = fc.tuple(fc.option(word), fc.boolean()).map(([value, equals]): Model => ({
  soql: `Program.Name ${equals ? '=' : '!='} ${value === null ? 'null' : quoted(value)}`,
  keeps: ({ program }) => same(program?.Name ?? null, value) === equals,
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

export const condition = fc.letrec<{ tree: Model }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(equality, membership, like, integers, flag, includes, decimals, days, moments, literals, status, parent),
    tie('tree').map((part): Model => ({ soql: `NOT (${part.soql})`, keeps: (row) => !part.keeps(row) })),
    fc.tuple(fc.array(tie('tree'), { minLength: 2, maxLength: 3 }), fc.boolean()).map(([parts, all]): Model => ({
      soql: parts.map(({ soql }) => `(${soql})`).join(all ? ' AND ' : ' OR '),
      keeps: (row) => (all ? parts.every(({ keeps }) => keeps(row)) : parts.some(({ keeps }) => keeps(row))),
    })),
  ),
})).tree;

/** @returns the id */
export function insertMember(org: ExampleOrg, { program, ...row }: Member): string {
  return org.insert('LoyaltyProgramMember', {
    ...row,
    CanReceivePromotions: row.CanReceivePromotions ? 1 : 0,
    ProgramId: program && org.insert('LoyaltyProgram', program),
  });
}
