import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  builtInSegments,
  computeFeatures,
  featureNames,
  openInsight,
  parseSegments,
  readProgramFacts,
  refreshCache,
  SegmentFileError,
  segmentMembers,
  segmentReport,
} from '../../src/insight/index.js';
import type { FeatureValue, InsightCache, ProgramFacts, SegmentDefinition } from '../../src/insight/index.js';
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
    for (const segment of builtInSegments) {
      const found = [...membersOf(segment).keys()];
      expect(found, segment.name).to.deep.equal(expected[segment.name]?.sort());
      expect(found.length, segment.name).to.be.within(1, model.members.length - 1);
    }
  });
});
