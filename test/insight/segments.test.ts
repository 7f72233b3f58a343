import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addToDay } from '../../src/base/dayArithmetic.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  builtInSegments,
  computeFeatures,
  nearExpiry,
  featureNames,
  InsightCache,
  ListFileError,
  openInsight,
  readProgramFacts,
  readSegments,
  refreshCache,
  segmentMembers,
  segmentReport,
  segmentsText,
} from '../../src/insight/index.js';
import type { FeatureValue, ProgramFacts, SegmentDefinition, SegmentFigures } from '../../src/insight/index.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { clientOf } from '../program/localOrg.js';
import { immediateClock } from './immediateClock.js';
import { independentFeatures } from './independentFeatures.js';
import { independentSegments } from './independentSegments.js';
import { mergeMembers } from './modelledMergers.js';
import { modelProgram } from './modelledProgram.js';
import type { ModelledProgram } from './programModel.js';

const today = '2026-11-20';
const spans = [30, 365];
const everyone: SegmentDefinition = {
  name: 'everyone',
  title: 'Everyone',
  all: [
    { feature: 'pointsBalance', known: true },
    ...(['purchases', 'spend', 'redemptions', 'pointsEarned', 'pointsRedeemed', 'vouchersUsed'] as const).flatMap(
      (feature) => spans.map((within) => ({ feature, within, known: true })),
    ),
    ...spans.map((within) => ({ feature: 'pointsExpiring' as const, within, known: true })),
  ],
};

describe('segments of members', function () {
  let org: Emulator;
  let client: LoyaltyClient;
  let model: ModelledProgram;
  let cache: InsightCache;
  let facts: ProgramFacts;
  let now = Date.parse(`${today}T08:00:00Z`);

  before(async () => {
    org = await Emulator.start({ clock: { ...immediateClock, now: () => now } });
    client = await clientOf(org);
    await createProgram(client, harbourRewards);
    model = modelProgram(org, { members: 500, events: 5000 });
    now += 3_600_000;
    cache = await openInsight({ client, programId: model.programId, path: ':memory:' });
    await refreshCache({ client, cache, clock: immediateClock });
    now += 3_600_000;
    model = await mergeMembers(client, model, 15);
    await refreshCache({ client, cache, clock: immediateClock });
    facts = await readProgramFacts(client, model.programId);
  });
  after(async () => {
    cache[Symbol.dispose]();
    await org.stop();
  });

  const membersOf = (segment: SegmentDefinition): Map<string, Readonly<Record<string, FeatureValue>>> => {
    const windows = computeFeatures(cache, facts, { segments: [segment], today });
    return new Map([...segmentMembers(cache, segment, windows)].map(({ memberId, features }) => [memberId, features]));
  };

  it('are made from features that agree with an independent calculation, also after mergers', () => {
    const expected = independentFeatures(model, today, spans);
    const found = membersOf(everyone);
    expect(found.size).to.equal(expected.size);
    const [some] = found.values();
    for (const name of featureNames)
      expect(
        Object.keys(some ?? {}).some((column) => column.startsWith(name)),
        name,
      );
    for (const column of Object.keys(some ?? {})) {
      const values = (from: Map<string, Readonly<Record<string, FeatureValue>>>): unknown[] =>
        [...expected.keys()].map((id) => [id, from.get(id)?.[column]]);
      expect(values(found), column).to.deep.equal(values(expected));
      expect(new Set(values(found).map((each) => String((each as unknown[])[1]))).size, column).to.be.greaterThan(
        column === 'type' ? 0 : 1,
      );
    }
  });

  it('have the members that an independent calculation puts into the built-in ones', () => {
    const expected = independentSegments(independentFeatures(model, today, spans));
    expect(Object.keys(expected)).to.have.members(builtInSegments.map(({ name }) => name));
    const windows = computeFeatures(cache, facts, { segments: builtInSegments, today });
    for (const segment of builtInSegments) {
      const found = [...segmentMembers(cache, segment, windows)].map(({ memberId }) => memberId);
      expect(found, segment.name).to.deep.equal(expected[segment.name]?.sort());
      expect(found.length, segment.name).to.be.within(1, model.members.length - 1);
    }
  });

  it('are compared with all members as an independent calculation does', () => {
    const expected = independentFeatures(model, today, spans);
    const champions = new Set(independentSegments(expected)['champions']);
    computeFeatures(cache, facts, { segments: builtInSegments, today });
    const { all, segments } = segmentReport(cache, builtInSegments);
    const figuresOf = (ids: Iterable<string>) => {
      const members = [...ids].map((id) => expected.get(id) ?? {});
      const sum = (name: string): number => members.reduce((total, features) => total + Number(features[name]), 0);
      return [
        ...[members.length, members.length / expected.size, sum('spend365') / members.length],
        ...[sum('purchases365') / members.length, sum('pointsBalance') / members.length],
        sum('pointsRedeemed365') / sum('pointsEarned365'),
      ];
    };
    const valuesOf = (figures: SegmentFigures): (number | null)[] => [
      ...[figures.members, figures.share, figures.averageSpend, figures.purchaseFrequency],
      ...[figures.averageBalance, figures.redemptionRate],
    ];
    const found = segments.find(({ segment }) => segment.name === 'champions');
    expect(valuesOf(found ?? all).map(rounded)).to.deep.equal(figuresOf(champions).map(rounded));
    expect(valuesOf(all).map(rounded)).to.deep.equal(figuresOf(expected.keys()).map(rounded));
  });

  it('can be read from a file, with alternatives and several values', async () => {
    const [segment] = await readSegments(join(import.meta.dirname, '../../examples/segments.yml'));
    const expected = independentFeatures(model, today, [90]);
    const ids = [...expected].filter(
      ([, features]) =>
        Number(features['purchases90']) >= 2 &&
        ['Silver', 'Gold'].includes(String(features['tier'])) &&
        (Number(features['pointsBalance']) >= 100 || Number(features['vouchersOpen']) > 0),
    );
    expect(segment?.name).to.equal('faithful-with-something-to-spend');
    if (segment) expect([...membersOf(segment).keys()]).to.deep.equal(ids.map(([id]) => id).sort());
    expect(ids.length).to.be.within(1, expected.size - 1);
  });

  it('have the points of each that are about to expire, and when', async () => {
    const expected = independentFeatures(model, today, [30]);
    const ids = [...expected].filter(([, features]) => Number(features['pointsExpiring30']) > 0).map(([id]) => id);
    const rows = await Array.fromAsync(nearExpiry(client, { cache, facts }, { today, within: 30, withContact: true }));
    expect(rows.map(({ memberId }) => memberId).sort()).to.deep.equal(ids.sort());
    for (const { memberId, left, target, by, reward, rewardName, contact } of rows) {
      const { pointsExpiring30, pointsBalance, daysToPointsExpiry } = expected.get(memberId) ?? {};
      expect([left, target, reward, rewardName]).to.deep.equal([pointsExpiring30, pointsBalance, 'expiry', 'Stars']);
      expect(by && by >= addToDay(today, Number(daysToPointsExpiry), 'Days') && by <= '2026-12-20').to.equal(true);
      expect(contact?.canReceivePromotions).to.equal(expected.get(memberId)?.['receivesPromotions']);
    }
  });

  it('are written as a file that reads as the same segments', async () => {
    await withFile(segmentsText(builtInSegments), async (file) => {
      expect(await readSegments(file)).to.deep.equal(builtInSegments);
    });
  });

  it('are refused with the line of each mistake', async () => {
    const mistakes = [
      ['- { name: a, title: A, all: [{ feature: spent, atLeast: 1 }] }', 'did you mean spend?'],
      ['- { name: a, title: A, all: [{ feature: tier, atLeast: 1 }] }', 'cannot be compared: tier is a text'],
      ['- { name: a, title: A, all: [{ feature: purchases, is: many }] }', 'does not fit: purchases is a number'],
      ['- { name: a, title: A, all: [{ feature: purchases }] }', 'compares purchases with nothing'],
      ['- { name: a, title: A, all: [{ feature: tier, within: 3, is: Gold }] }', 'is not possible'],
      ['- { name: a, title: A, all: [{ feature: pointsExpiring, moreThan: 0 }] }', 'needs the key within'],
      ['- { name: a, title: A, all: [{ feature: spend, top: 101 }] }', '101 must be at most 100'],
      ['- { name: a, title: A }', 'needs either the key all or the key any'],
      ['- { name: Big Ones, title: A, any: [{ feature: spend, top: 1 }] }', 'such as big-spenders'],
      ['- { name: a, title: A, any: [{ feature: spend, top: 1 }], none: [] }', 'is not a key here'],
    ];
    for (const [text = '', message = ''] of mistakes) {
      await withFile(`\n${text}\n`, async (file) => {
        const error = await readSegments(file).catch((thrown: unknown) => thrown);
        expect(error, text).to.be.instanceOf(ListFileError);
        expect((error as Error).message, text)
          .to.include(`${file}, line 2: [0]`)
          .and.include(message);
      });
    }
    const twice = '- { name: a, title: A, all: [{ feature: spend, top: 1 }] }\n'.repeat(2);
    await withFile(twice, async (file) => {
      expect(await readSegments(file).catch(String)).to.include('line 2: [1].name: "a" is the name of a segment above');
    });
  });

  it('have nobody in a program without members', () => {
    using empty = InsightCache.open(':memory:', { orgId: '', programId: '', zone: 'UTC' });
    const nothing = { ...facts, currencies: [], tiers: [], ladders: [], promotions: [] };
    const windows = computeFeatures(empty, nothing, { segments: builtInSegments, today });
    const { all, segments } = segmentReport(empty, builtInSegments);
    expect(all).to.deep.equal({
      ...{ members: 0, share: 0, averageSpend: null, purchaseFrequency: null, averageBalance: null },
      redemptionRate: null,
    });
    expect(segments.map(({ members }) => members)).to.deep.equal(builtInSegments.map(() => 0));
    for (const segment of builtInSegments) expect([...segmentMembers(empty, segment, windows)]).to.deep.equal([]);
  });
});

async function withFile(text: string, work: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'segments-'));
  try {
    await writeFile(join(folder, 'segments.yml'), text);
    await work(join(folder, 'segments.yml'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1e6) / 1e6;
}
