import fc from 'fast-check';
import type { ProgramDefinitionInput } from '../../src/program/index.js';

type Section<Key extends keyof ProgramDefinitionInput> = NonNullable<ProgramDefinitionInput[Key]>;
type Item<Key extends 'tierGroups' | 'promotions'> = Section<Key>[number];

/** Names that YAML, JSON, SOQL, XML or JavaScript could take for something else. */
const oddNames = fc.constantFrom(
  ...['yes', 'No', 'null', '~', '1e3', '0x1F', '12', '.5', '2026-01-01', '12:30:45', '<<', '-', '- a', 'a: b', '# a'],
  ...['*alias', '&anchor', '!tag', '? key', '%', '@', '`', '"', "'", "O'Neill", 'a\\', '{}', '[]', ',', ':', '|', '>'],
  ...['constructor', 'toString', 'hasOwnProperty', "x' OR Name != '", '<b>&amp;</b>', '%25', 'a%b_c', '$&', '{0} %s'],
  ...['Größe', '日本', '🙂', '👩‍🚀', 'é', 'İ', 'ß', 'a  b', 'x'.repeat(80)],
);
const name = fc.oneof(oddNames, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })).filter(isTrimmed);
const description = fc.oneof(
  name,
  fc.constantFrom('two\nlines', 'a\n\n  b', 'a:\n- b\n# c', 'tab\there', '"quoted"\n'.trim()),
);
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const whole = fc.integer({ min: 1, max: 999 });
const cents = fc.integer({ min: 1, max: 99_999 }).map((number) => number / 100);
const yes = fc.constant(true);

function isTrimmed(text: string): boolean {
  return text === text.trim() && text !== '';
}

/** Keys that may be absent. */
function optional<T extends object>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

/** Names of which no two are the same in any case. */
function namesOf(maxLength: number, minLength = 0): fc.Arbitrary<string[]> {
  return fc.uniqueArray(name, { minLength, maxLength, selector: (text) => text.toLowerCase() });
}

/** One item for each name. */
function each<T extends object>(
  names: readonly string[],
  item: (name: string, index: number) => fc.Arbitrary<T>,
): fc.Arbitrary<(T & { name: string })[]> {
  return fc.tuple(...names.map((text, index) => item(text, index).map((rest) => ({ name: text, ...rest }))));
}

/** Some of these, in their order. */
function some(texts: readonly string[]): fc.Arbitrary<string[]> {
  return fc.subarray([...texts]);
}

/** Two days, the earlier first. */
const twoDays = fc.tuple(day, day).map((days) => days.toSorted() as [string, string]);
const status = fc.constantFrom('Draft' as const, 'Active' as const, 'Inactive' as const);

function validity<Start extends string>(start: Start) {
  const from = (first: string) => ({ [start]: first }) as Record<Start, string>;
  return fc.oneof(
    twoDays.map(([first, until]) => ({ ...from(first), validity: { until } })),
    fc
      .tuple(day, whole, fc.constantFrom('Days' as const, 'Months' as const))
      .map(([first, after, unit]) => ({ ...from(first), validity: { after, unit } })),
  );
}

interface Names {
  readonly tierGroups: string[];
  readonly benefits: string[];
  readonly nonQualifying: string[];
  readonly qualifying: string[];
  readonly vouchers: string[];
  readonly attributes: string[];
  readonly promotions: string[];
  readonly badges: string[];
  readonly partners: string[];
  readonly processes: string[];
}

const names: fc.Arbitrary<Names> = fc
  .record({
    tierGroups: namesOf(2),
    benefits: namesOf(3),
    currencies: namesOf(4, 1),
    vouchers: namesOf(2),
    attributes: namesOf(2),
    promotions: namesOf(4),
    badges: namesOf(2),
    partners: namesOf(2),
    processes: namesOf(3),
  })
  .map(({ currencies, ...rest }) => {
    const count = rest.tierGroups.length === 0 ? 0 : Math.floor(currencies.length / 2);
    return { ...rest, qualifying: currencies.slice(0, count), nonQualifying: currencies.slice(count) };
  });

function tierGroups({ tierGroups: groups, benefits }: Names): fc.Arbitrary<Section<'tierGroups'>> {
  return each(groups, (_, index) =>
    fc
      .record({
        more: optional({ description, active: fc.boolean() }),
        model: fc.constantFrom('Fixed' as const, 'Anniversary' as const),
        period: fc.record({ quantity: whole, unit: fc.constantFrom('Months' as const, 'Years' as const) }),
        qualifyingPointsReset: fc.record({ date: day, everyYears: whole }),
        tiers: tiers(benefits, index === 0),
      })
      .map(({ more, ...group }) => ({ ...more, ...group, primary: index === 0 })),
  );
}

type Tiers = Item<'tierGroups'>['tiers'];

/** The tiers of the first group give all benefits, because an export has no others. */
function tiers(benefits: readonly string[], isFirst: boolean): fc.Arbitrary<Tiers> {
  return namesOf(4, 1).chain((texts) =>
    fc
      .tuple(
        each(texts, () =>
          fc
            .record({
              more: optional({ description, enrollment: fc.constantFrom('Free' as const, 'Paid' as const) }),
              benefits: some(benefits),
              fees: fees(),
            })
            .map(({ more, ...rest }) => ({ ...more, ...rest })),
        ),
        fc.uniqueArray(cents, { minLength: texts.length, maxLength: texts.length }),
        fc.array(fc.boolean(), { minLength: texts.length, maxLength: texts.length }),
      )
      .map(([list, minimums, without]) => {
        const rising = minimums.toSorted((a, b) => a - b);
        return list.map((tier, index): Tiers[number] => ({
          ...tier,
          ...(!without[index] && { minimum: rising[index]! }),
          benefits: isFirst && index === 0 ? [...benefits] : tier.benefits,
        }));
      }),
  );
}

function fees() {
  const kinds = ['Monetary', 'Points'].flatMap((type) => ['Monthly', 'Yearly'].map((duration) => ({ type, duration })));
  return fc
    .subarray(kinds)
    .chain((chosen) => fc.tuple(...chosen.map((kind) => cents.map((amount) => ({ ...kind, amount })))));
}

function currencies({ qualifying, nonQualifying, tierGroups: groups }: Names): fc.Arbitrary<Section<'currencies'>> {
  const expiry = fc.oneof(
    fc.constant('never' as const),
    fc.record({
      model: fc.constantFrom('Activity' as const, 'Fixed' as const),
      after: whole,
      unit: fc.constantFrom('Days' as const, 'Months' as const, 'Years' as const),
      tillEndOfMonth: fc.boolean(),
    }),
  );
  const flags = { active: fc.boolean(), allowNegativeBalance: yes };
  return fc
    .tuple(
      each(nonQualifying, (_, index) =>
        fc
          .record({ more: optional({ ...flags, ledgerTracing: yes }), expiry })
          .map(({ more, ...rest }) => ({ ...more, ...rest, type: 'NonQualifying' as const, primary: index === 0 })),
      ),
      each(qualifying, (_, index) =>
        fc.record({ more: optional(flags), tierGroup: fc.constantFrom(...groups) }).map(({ more, tierGroup }) => ({
          ...more,
          // An export leaves it out if there is one group only.
          ...(groups.length > 1 && { tierGroup }),
          type: 'Qualifying' as const,
          primary: index === 0,
        })),
      ),
    )
    .map((lists) => lists.flat());
}

function vouchers(texts: readonly string[]): fc.Arbitrary<Section<'voucherDefinitions'>> {
  const worth = fc.oneof(
    cents.map((faceValue) => ({ type: 'FixedValue' as const, faceValue })),
    fc
      .integer({ min: 1, max: 100 })
      .map((discountPercent) => ({ type: 'DiscountPercentage' as const, discountPercent })),
    fc.constant({ type: 'ProductOrService' as const }),
  );
  const codes = fc.record({ codes: fc.record({ prefix: fc.constantFrom('A-', "'", '1e3') }) });
  const more = optional({ description, active: fc.boolean(), partiallyRedeemable: fc.boolean() });
  return each(texts, () =>
    fc
      .tuple(worth, more, validity('effectiveDate'), fc.oneof(codes, fc.constant({})))
      .map(([a, b, c, d]) => ({ ...a, ...b, ...c, ...d })),
  );
}

function attributes(texts: readonly string[]): fc.Arbitrary<Section<'engagementAttributes'>> {
  const reset = fc.record({ frequency: fc.constantFrom('Daily' as const, 'Monthly' as const) });
  return each(texts, () =>
    fc
      .tuple(
        optional({ description, status, overwriteValue: fc.boolean(), reset }),
        optional({ target: fc.constantFrom('10', '1e3', '007'), defaultValue: fc.constant('0') }),
        twoDays.map(([startDate, endDate]) => ({ startDate, endDate })),
      )
      .map(([a, b, c]) => ({ ...a, ...b, ...c })),
  );
}

function promotions(given: Names): fc.Arbitrary<Section<'promotions'>> {
  return each(given.promotions, () =>
    fc
      .record({
        more: optional({ description, active: fc.boolean(), journalType: fc.constantFrom('Accrual', 'Redemption') }),
        days: twoDays,
        window: fc.option(twoDays, { nil: undefined }),
        kind: fc.oneof(
          fc.constant({ type: 'Standard' }),
          fc.record({ type: fc.constant('Cumulative'), target: whole, timesPerMember: fc.integer({ min: 2, max: 9 }) }),
        ),
        reward: rewards(given),
        engagementAttributes: some(given.attributes.toSorted()),
      })
      .map(({ more, days: [startDate, endDate], window, kind, reward, ...rest }): Item<'promotions'> => {
        const enrollment = window && {
          ...{ enrollmentRequired: true, enrollmentStartDate: window[0], enrollmentEndDate: window[1] },
        };
        const offer = { ...more, ...kind, ...enrollment, ...(reward && { reward }), ...rest };
        return { name: '', startDate, endDate, ...offer };
      })
      .map(({ name: _name, ...rest }) => rest),
  );
}

function rewards({ nonQualifying, vouchers: texts }: Names): fc.Arbitrary<Item<'promotions'>['reward']> {
  const currency = fc.constantFrom(...nonQualifying);
  const maximum = whole;
  return fc.oneof(
    fc.constant(undefined),
    fc.record({ points: whole, currency, maximum }, { requiredKeys: ['points', 'currency'] }),
    fc.record({ factor: cents, currency }),
    ...(texts.length === 0
      ? []
      : [fc.record({ voucher: fc.constantFrom(...texts), maximum }, { requiredKeys: ['voucher'] })]),
  );
}

function partners(texts: readonly string[]): fc.Arbitrary<Section<'partners'>> {
  return each(texts, (partner) =>
    fc
      .record({
        days: twoDays,
        account: fc.option(name, { nil: undefined }),
        type: fc.constantFrom('Accrual' as const, 'Redemption' as const, 'Both' as const),
        billing: fc.constantFrom('Prepaid' as const, 'Postpaid' as const),
        industry: fc.constantFrom('Travel', 'Food'),
      })
      .map(({ days: [startDate, endDate], account, ...rest }) => ({
        ...rest,
        ...(account !== undefined && account !== partner && { account }),
        ...{ startDate, endDate },
      })),
  );
}

function processes({ processes: texts, tierGroups: groups }: Names, subtypes: readonly string[]) {
  return each(texts, (_, index) => {
    const subtype = subtypes[index];
    const journals = { type: 'TransactionJournal' as const, journalType: 'Accrual' };
    const tiersOf = groups.map((tierGroup) =>
      fc.constant({ type: 'TierProcessing' as const, ...(groups.length > 1 && { tierGroup }) }),
    );
    return fc
      .tuple(
        optional({ description, status }),
        fc.oneof(
          fc.constant({ type: 'CreditPointsToMembers' as const }),
          ...(subtype === undefined ? [] : [fc.constant({ ...journals, journalSubtype: subtype })]),
          ...tiersOf,
        ),
      )
      .map(([more, rest]) => ({ ...more, ...rest }));
  });
}

function members({ currencies: list }: Pick<ProgramDefinitionInput, 'currencies'>): fc.Arbitrary<Section<'members'>> {
  const active = list.filter((currency) => currency.active !== false).map((currency) => currency.name);
  const number = fc.uniqueArray(name, { maxLength: 2, selector: (text) => text.toLowerCase() });
  return number.chain((numbers) =>
    fc.tuple(
      ...numbers.map((text) =>
        fc
          .record({
            lastName: name,
            enrollmentDate: day.map((date) => `20${date.slice(2)}`).filter((date) => date < '2026-01-01'),
            currencies: some(active),
            points: cents,
          })
          .map(({ currencies: chosen, points, ...rest }) => ({
            number: text,
            ...rest,
            openingBalances: Object.fromEntries(chosen.map((currency) => [currency, points])),
          })),
      ),
    ),
  );
}

/**
 * Any definition with every part that an export gives back: texts are trimmed, flags are either true or left out where
 * the org decides, and every benefit is given by a tier.
 */
export const anyDefinition: fc.Arbitrary<ProgramDefinitionInput> = fc
  .tuple(names, namesOf(3))
  .map(([given, subtypes]): [Names, string[]] => [
    given.tierGroups.length === 0 ? { ...given, benefits: [] } : given,
    subtypes,
  ])
  .chain(([given, subtypes]) =>
    fc
      .record({
        name: name.filter((text) => /[\p{L}\p{N}]/u.test(text)),
        more: optional({ description, escrowDays: whole }),
        tierGroups: tierGroups(given),
        currencies: currencies(given),
        benefits: each(given.benefits, () =>
          optional({ description, active: fc.boolean(), value: cents }).map((more) => ({ ...more, type: 'Perk: 1' })),
        ),
        voucherDefinitions: vouchers(given.vouchers),
        engagementAttributes: attributes(given.attributes),
        promotions: promotions(given),
        badges: each(given.badges, () =>
          fc.tuple(optional({ description, status }), validity('startDate')).map(([a, b]) => ({ ...a, ...b })),
        ),
        partners: partners(given.partners),
        processes: processes(given, subtypes),
      })
      .chain(({ more, ...parts }) =>
        members(parts).map((list) => ({
          ...more,
          ...parts,
          benefitTypes: parts.benefits.length === 0 ? [] : [{ name: 'Perk: 1', category: 'Loyalty' }],
          journalTypes: [{ name: 'Accrual', subtypes }],
          members: list,
        })),
      ),
  );
