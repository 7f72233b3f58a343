import { expect } from 'chai';
import { Settings } from 'luxon';
import { dateReader, dayReader, issueOfFormat, isTimeZone } from '../../src/base/dateReader.js';
import type { DateStyle } from '../../src/base/dateReader.js';
import { carriesOffset } from '../../src/base/text/dateText.js';

function instant(text: string, style: DateStyle): string | undefined {
  const reading = dateReader(style)(text);
  return 'instant' in reading ? reading.instant : undefined;
}

function issue(text: string, style: DateStyle): string | undefined {
  const reading = dateReader(style)(text);
  return 'issue' in reading ? reading.issue : undefined;
}

const london = 'Europe/London';

describe('dates', () => {
  it('reads a date without a time as midnight in its zone', () => {
    const style = { format: 'd/M/yyyy', zone: london };
    expect(instant('1/12/2010', style)).to.equal('2010-12-01T00:00:00.000Z');
    expect(instant('01/07/2011', style)).to.equal('2011-06-30T23:00:00.000Z');
  });

  for (const text of [
    '31/2/2010',
    '29/2/2011',
    '0/1/2010',
    '1/13/2010',
    '1/12/10',
    '1.12.2010',
    'yesterday',
    '1/12/2010 08:26',
  ])
    it(`does not read "${text}" as a date`, () =>
      expect(issue(text, { format: 'd/M/yyyy', zone: london })).to.match(/does not fit the format d\/M\/yyyy/));

  it('uses the first of two times when clocks go back, in summer as in winter', () => {
    expect(instant('30/10/2011 01:30', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal(
      '2011-10-30T00:30:00.000Z',
    );
    expect(instant('2026-10-25T02:30', { zone: 'Europe/Berlin' })).to.equal('2026-10-25T00:30:00.000Z');
    expect(instant('2026-11-01T01:30', { zone: 'America/New_York' })).to.equal('2026-11-01T05:30:00.000Z');
  });

  it('refuses a time that does not exist because clocks go forward', () => {
    expect(issue('27/3/2011 01:30', { format: 'd/M/yyyy HH:mm', zone: london })).to.match(
      /does not exist in Europe\/London/,
    );
    expect(instant('27/3/2011 00:59', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal('2011-03-27T00:59:00.000Z');
    expect(instant('27/3/2011 02:00', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal('2011-03-27T01:00:00.000Z');
  });

  it('refuses a day that a zone skipped', () => {
    expect(issue('2011-12-30', { zone: 'Pacific/Apia' })).to.match(/does not exist/);
    expect(instant('2011-12-31', { zone: 'Pacific/Apia' })).to.equal('2011-12-30T10:00:00.000Z');
  });

  it('refuses a midnight that does not exist because clocks go forward', () => {
    expect(issue('2018-11-04', { zone: 'America/Sao_Paulo' })).to.match(/does not exist/);
  });

  for (const [text, expected] of [
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29T14:05', '2026-03-29T12:05:00.000Z'],
    ['2026-03-29 14:05:06.789', '2026-03-29T12:05:06.789Z'],
    ['2026-03-29T14:05:00Z', '2026-03-29T14:05:00.000Z'],
    ['2026-03-29 14:05:00 +05:30', '2026-03-29T08:35:00.000Z'],
    ['2026-03-29T14:05:00-0800', '2026-03-29T22:05:00.000Z'],
  ] as const)
    it(`reads ${text} as ISO 8601`, () => expect(instant(text, { zone: 'Europe/Berlin' })).to.equal(expected));

  for (const text of ['2026', '2026-03', '20260329', '2026-02-30', '2026-W13-1', '29/3/2026', '2026-03-29T25:00Z'])
    it(`does not read ${text} as ISO 8601`, () =>
      expect(issue(text, { zone: london })).to.match(/is not an ISO 8601 date|no such day or time/));

  it('does not guess a zone', () => {
    expect(issue('2026-03-29T14:05', {})).to.match(/has no offset/);
    expect(instant('2026-03-29T14:05Z', {})).to.equal('2026-03-29T14:05:00.000Z');
  });

  it('follows the offset that a format reads', () => {
    expect(instant('29/3/2026 14:05 +02:00', { format: 'd/M/yyyy HH:mm ZZ', zone: london })).to.equal(
      '2026-03-29T12:05:00.000Z',
    );
  });

  describe('reads the same instant whatever day it is today', () => {
    const { now } = Settings;
    afterEach(() => {
      Settings.now = now;
    });

    const named = { format: 'yyyy-MM-dd HH:mm z' };
    const both = { format: 'yyyy-MM-dd HH:mm z ZZ' };
    const paris = { format: 'yyyy-MM-dd HH:mm', zone: 'Europe/Paris' };
    const cases: readonly [text: string, style: DateStyle, expected: string | RegExp][] = [
      ['2026-10-25 02:30 Europe/Paris', named, '2026-10-25T00:30:00.000Z'],
      ['2026-10-25 02:30', paris, '2026-10-25T00:30:00.000Z'],
      ['2026-10-25T02:30', { zone: 'Europe/Paris' }, '2026-10-25T00:30:00.000Z'],
      ['2026-11-01 01:30 America/New_York', named, '2026-11-01T05:30:00.000Z'],
      ['2026-04-05 02:30 Australia/Sydney', named, '2026-04-04T15:30:00.000Z'],
      ['2026-10-25 02:30 Europe/Paris +02:00', both, '2026-10-25T00:30:00.000Z'],
      ['2026-10-25 02:30 Europe/Paris +01:00', both, '2026-10-25T01:30:00.000Z'],
      ['2026-10-25 02:30 Europe/Paris +05:00', both, /has an offset that Europe\/Paris does not have at that time/],
      ['2026-10-25 02:30 +01:00', { format: 'yyyy-MM-dd HH:mm ZZ' }, '2026-10-25T01:30:00.000Z'],
      ['2026-10-25 02:30 +1', { format: 'yyyy-MM-dd HH:mm Z' }, '2026-10-25T01:30:00.000Z'],
      ['2026-10-25T02:30+01:00', {}, '2026-10-25T01:30:00.000Z'],
      ['2026-03-29 02:30 Europe/Paris', named, /does not exist in Europe\/Paris/],
      ['2026-03-29 02:30', paris, /does not exist in Europe\/Paris/],
      ['2026-03-08 02:30 America/New_York', named, /does not exist in America\/New_York/],
      ['2026-07-01 12:00 Europe/Paris', named, '2026-07-01T10:00:00.000Z'],
      ['2026-01-01 12:00 Europe/Paris', named, '2026-01-01T11:00:00.000Z'],
    ];
    for (const [text, style, expected] of cases)
      it(`for ${text} in ${style.format ?? 'ISO 8601'}`, () => {
        for (let month = 1; month <= 12; month++) {
          const today = Date.UTC(2026, month - 1, 15);
          Settings.now = () => today;
          if (typeof expected === 'string') expect(instant(text, style), `month ${month}`).to.equal(expected);
          else expect(issue(text, style), `month ${month}`).to.match(expected);
        }
      });
  });

  it('says that a zone in the text does not exist', () => {
    expect(issue('2026-10-25 02:30 Europe/Pari', { format: 'yyyy-MM-dd HH:mm z' })).to.equal(
      'names the time zone Europe/Pari, which does not exist',
    );
  });

  for (const [text, format, day] of [
    ['02.04.2026', 'dd.MM.yyyy', '2026-04-02'],
    ['2026-04-02 00:30 Asia/Kolkata', 'yyyy-MM-dd HH:mm z', '2026-04-02'],
    ['2026-04-02 23:30 -08:00', 'yyyy-MM-dd HH:mm ZZ', '2026-04-02'],
    ['2018-11-04', undefined, '2018-11-04'],
    ['2026-04-02T00:30:00+05:30', undefined, '2026-04-02'],
    ['2026-04-02T23:30:00Z', undefined, '2026-04-02'],
    ['2026-04-02T24:00', undefined, '2026-04-02'],
    ['2026-04-02 24:00', 'yyyy-MM-dd HH:mm', '2026-04-02'],
  ] as const)
    it(`reads the day of ${text} as it is written`, () => expect(dayReader(format)(text)).to.deep.equal({ day }));

  it('does not read anything else as a day', () => {
    expect(dayReader('d.M.yyyy')('31.2.2026'))
      .to.have.property('issue')
      .that.matches(/the day does not exist/);
    expect(dayReader()('2026-02-30'))
      .to.have.property('issue')
      .that.matches(/no such day or time/);
  });

  it('limits the number of dates in its cache', () => {
    const read = dateReader({});
    for (let day = 0; day < 25_000; day++) read(new Date(day * 60_000).toISOString());
    expect(read('1970-01-01T00:00:00.000Z')).to.deep.equal({ instant: '1970-01-01T00:00:00.000Z' });
  });

  it('says what is wrong with a format', () => {
    for (const format of [
      'd/M/yyyy',
      'd/M/yy',
      'yyyy-MM-dd HH:mm',
      'd MMM yyyy',
      "yyyy'T'M d",
      'M/d/yyyy h:mm a',
      'yyyy-MM-dd HH:mm ZZ',
    ])
      expect(issueOfFormat(format), format).to.equal(undefined);
    expect(issueOfFormat('dd/mm/yyyy')).to.match(/M the month/);
    expect(issueOfFormat('HH:mm')).to.match(/does not name year/);
    expect(issueOfFormat('d/M/yyyy hh:mm')).to.match(/AM or PM/);
  });

  it('knows which formats contain an offset', () => {
    expect(carriesOffset('d/M/yyyy ZZ')).to.equal(true);
    expect(carriesOffset("d/M/yyyy 'Z'")).to.equal(false);
  });

  it('knows time zones', () => {
    expect([london, 'UTC', 'Europe/Londn'].map(isTimeZone)).to.deep.equal([true, true, false]);
  });
});
