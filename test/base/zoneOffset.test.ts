import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { dateReader } from '../../src/base/dateReader.js';
import { zoneOffset } from '../../src/base/zoneOffset.js';

const minute = 60_000;
const day = 24 * 60 * minute;

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const times = fc.integer({ min: Date.UTC(1880, 0), max: Date.UTC(2100, 0) });

/** Finds the instant between two others at which the offset of a zone changes. */
function transition(zone: string, before: number, after: number): number {
  const offset = (time: number): number => IANAZone.create(zone).offset(time);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === offset(before)) low = middle;
    else high = middle;
  }
  return high;
}

/** Some changes are by half an hour, a whole day, or seconds, and some are not at a full hour. */
const changes = [
  ['Europe/London', Date.UTC(2011, 2, 27)],
  ['Europe/London', Date.UTC(2011, 9, 30)],
  ['America/New_York', Date.UTC(2026, 2, 8)],
  ['Australia/Lord_Howe', Date.UTC(2025, 9, 4)],
  ['Pacific/Apia', Date.UTC(2011, 11, 30)],
  ['Asia/Kathmandu', Date.UTC(1985, 11, 31)],
  ['Africa/Casablanca', Date.UTC(2025, 1, 23)],
  ['Africa/Monrovia', Date.UTC(1972, 0, 7)],
  ['America/St_Johns', Date.UTC(1988, 3, 3)],
] as const;

describe('offsets of time zones', () => {
  it('are those of Luxon at any instant', () => {
    fc.assert(
      fc.property(zones, times, (zone, time) => {
        expect(zoneOffset(zone, time)).to.equal(IANAZone.create(zone).offset(time));
      }),
      { numRuns: 2000 },
    );
  });

  for (const [zone, around] of changes)
    it(`are those of Luxon around ${DateTime.fromMillis(around, { zone: 'utc' }).toISODate()} in ${zone}`, () => {
      const change = transition(zone, around - 2 * day, around + 2 * day);
      const offset = (time: number): number => IANAZone.create(zone).offset(time);
      expect(offset(change - 1)).not.to.equal(offset(change));
      const near = [-1, 0, 1].map((difference) => change + difference);
      for (let time = change - 180 * minute; time < change + 180 * minute; time += 7 * minute) near.push(time);
      for (const time of near) expect(zoneOffset(zone, time), String(time)).to.equal(offset(time));
    });

  it('make every written time the first instant at which clocks show it, or none', () => {
    const written = fc.oneof(
      fc.tuple(zones, times),
      fc
        .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * day, max: 2 * day }))
        .map(([[zone, around], difference]) => [zone, around + difference] as [string, number]),
    );
    fc.assert(
      fc.property(written, ([zone, near]) => {
        const text = new Date(near).toISOString().slice(0, -1);
        const reading = dateReader({ zone })(text);
        expect('instant' in reading ? reading.instant : undefined).to.equal(firstInstant(zone, text));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Tries every offset that the zone has within two days. */
function firstInstant(zone: string, text: string): string | undefined {
  const wall = Date.parse(`${text}Z`);
  const luxon = IANAZone.create(zone);
  const offsets = [-24, -12, 0, 12, 24].map((hours) => luxon.offset(wall + hours * 60 * minute));
  const found = offsets
    .map((offset) => wall - offset * minute)
    .filter((time) => time + luxon.offset(time) * minute === wall);
  return found.length === 0 ? undefined : new Date(Math.min(...found)).toISOString();
}
