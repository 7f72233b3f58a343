import { expect } from 'chai';
import { carriesOffset, dateReader, faultOfFormat, isTimeZone, type DateStyle } from '../../src/base/dates.js';

function instant(text: string, style: DateStyle): string | undefined {
  const reading = dateReader(style)(text);
  return 'instant' in reading ? reading.instant : undefined;
}

function fault(text: string, style: DateStyle): string | undefined {
  const reading = dateReader(style)(text);
  return 'fault' in reading ? reading.fault : undefined;
}

const london = 'Europe/London';

describe('dates', () => {
  it('takes a date without a time for midnight in its zone', () => {
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
    it(`does not take "${text}" for a day`, () =>
      expect(fault(text, { format: 'd/M/yyyy', zone: london })).to.match(/does not fit the format d\/M\/yyyy/));

  it('takes the first of two times when clocks go back, in summer as in winter', () => {
    expect(instant('30/10/2011 01:30', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal(
      '2011-10-30T00:30:00.000Z',
    );
    expect(instant('2026-10-25T02:30', { zone: 'Europe/Berlin' })).to.equal('2026-10-25T00:30:00.000Z');
    expect(instant('2026-11-01T01:30', { zone: 'America/New_York' })).to.equal('2026-11-01T05:30:00.000Z');
  });

  it('refuses a time that clocks going forward leave out', () => {
    expect(fault('27/3/2011 01:30', { format: 'd/M/yyyy HH:mm', zone: london })).to.match(
      /does not exist in Europe\/London/,
    );
    expect(instant('27/3/2011 00:59', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal('2011-03-27T00:59:00.000Z');
    expect(instant('27/3/2011 02:00', { format: 'd/M/yyyy HH:mm', zone: london })).to.equal('2011-03-27T01:00:00.000Z');
  });

  it('refuses a day that a zone left out', () => {
    expect(fault('2011-12-30', { zone: 'Pacific/Apia' })).to.match(/does not exist/);
    expect(instant('2011-12-31', { zone: 'Pacific/Apia' })).to.equal('2011-12-30T10:00:00.000Z');
  });

  it('refuses a midnight that clocks going forward leave out', () => {
    expect(fault('2018-11-04', { zone: 'America/Sao_Paulo' })).to.match(/does not exist/);
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
    it(`does not take ${text} for ISO 8601`, () =>
      expect(fault(text, { zone: london })).to.match(/is no ISO 8601 date/));

  it('does not guess a zone', () => {
    expect(fault('2026-03-29T14:05', {})).to.match(/has no offset/);
    expect(instant('2026-03-29T14:05Z', {})).to.equal('2026-03-29T14:05:00.000Z');
  });

  it('follows the offset that a format reads', () => {
    expect(instant('29/3/2026 14:05 +02:00', { format: 'd/M/yyyy HH:mm ZZ', zone: london })).to.equal(
      '2026-03-29T12:05:00.000Z',
    );
  });

  it('remembers no more dates than it should', () => {
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
      expect(faultOfFormat(format), format).to.equal(undefined);
    expect(faultOfFormat('dd/mm/yyyy')).to.match(/M the month/);
    expect(faultOfFormat('HH:mm')).to.match(/does not name year/);
    expect(faultOfFormat('d/M/yyyy hh:mm')).to.match(/AM or PM/);
  });

  it('knows which formats carry an offset', () => {
    expect(carriesOffset('d/M/yyyy ZZ')).to.equal(true);
    expect(carriesOffset("d/M/yyyy 'Z'")).to.equal(false);
  });

  it('knows time zones', () => {
    expect([london, 'UTC', 'Europe/Londn'].map(isTimeZone)).to.deep.equal([true, true, false]);
  });
});
