import { expect } from 'chai';
import { parseMapping } from '../../src/sync/index.js';
import { journalKeys, openDoor, sale } from './openDoor.js';
import type { Answered, OpenDoor } from './openDoor.js';

/** What the door said: status, and the word or the code. */
const told = ({ status, body }: Answered): unknown[] => [status, body.is ?? body.error?.code];

/** Resolves when the service has nothing open. */
async function settled({ service }: OpenDoor, key: string): Promise<void> {
  for await (const event of service.events())
    if ('key' in event && event.key === `till:${key}` && event.type !== 'accepted') return;
}

async function pushedAndSettled(door: OpenDoor, key: string, member?: string): Promise<void> {
  const end = settled(door, key);
  await door.post(sale(key, member));
  await end;
}

describe('POST /transactions', () => {
  it('answers 202 when a new transaction is on disk, and the org gets it', async () => {
    await using door = await openDoor();
    const end = settled(door, '1');
    const { status, body } = await door.post(sale('1'));
    expect([status, body]).to.deep.equal([202, { key: 'till:1', is: 'accepted' }]);
    await end;
    expect(journalKeys(door.shop)).to.deep.equal(['till:1']);
    expect((await door.get('/transactions/till%3A1')).body).to.include({ key: 'till:1', is: 'done', isOpen: false });
  });

  it('answers 200 to a repetition, 409 to other content under the same key', async () => {
    await using door = await openDoor();
    await pushedAndSettled(door, '1');
    expect(told(await door.post(sale('1')))).to.deep.equal([200, 'repeatAccepted']);
    const { status, body } = await door.post(sale('1', 'HR-100001', '99.00'));
    expect([status, body.is, body.error?.code]).to.deep.equal([409, 'conflict', 'CONFLICT']);
    expect(body.error?.message).to.include('till:1');
  });

  it('answers 200 to what an earlier service has delivered', async () => {
    await using first = await openDoor();
    await pushedAndSettled(first, '1');
    await using next = await first.again();
    expect(told(await next.post(sale('1')))).to.deep.equal([200, 'known']);
    expect(journalKeys(next.shop)).to.deep.equal(['till:1']);
  });

  it('answers 422 to what was refused, with the reason, and 202 when it comes corrected', async () => {
    await using door = await openDoor();
    const end = settled(door, '1');
    const unknownType = { ...sale('1'), journal: { ...sale('1').journal, JournalTypeName: 'Acrual' } };
    await door.post(unknownType);
    await end;
    const { status, body } = await door.post(unknownType);
    expect(body.error?.message).to.include('Acrual');
    expect([status, body.error?.code]).to.deep.equal([422, 'REFUSED_BEFORE']);
    await using next = await door.again();
    expect(told(await next.post(sale('1')))).to.deep.equal([202, 'corrected']);
  });

  it('answers 422 to what cannot become a journal, with what is wrong', async () => {
    await using door = await openDoor();
    const wrong = { ...sale('1'), key: 'shop:1' };
    expect(told(await door.post(wrong))).to.deep.equal([422, 'OTHER_SOURCE']);
    expect(told(await door.post({ ...sale('1'), member: 'A\u0007' }))).to.deep.equal([422, 'CONTROL_CHARACTER']);
    expect(told(await door.post('7'))).to.deep.equal([422, 'NOT_AN_OBJECT']);
    expect(told(await door.post(sale('1', 'HR-100001', 'much')))).to.deep.equal([422, 'UNREADABLE_NUMBER']);
    const misspelt = await door.post({ ...sale('1'), journal: { ...sale('1').journal, Quantty: 1 } });
    expect(told(misspelt)).to.deep.equal([422, 'UNKNOWN_FIELD']);
    expect(misspelt.body.error?.message).to.include('did you mean Quantity?');
    const secondKey = { ...sale('1'), journal: { ...sale('1').journal, externalTransactionNumber: 'till:2' } };
    expect(told(await door.post(secondKey))).to.deep.equal([422, 'UNKNOWN_FIELD']);
    expect(door.errors).to.deep.equal([]);
  });

  it('takes rows, if it has a mapping, and keeps every digit of their numbers', async () => {
    const text =
      'source: till\nkey: id\nmember: card\njournal:\n  ActivityDate: { date: at }\n  JournalTypeName: { value: Accrual }\n  TransactionAmount: { number: total }\n';
    await using door = await openDoor({ service: { mapping: parseMapping(text, 'till.yml') } });
    const row = '{"id":"1","card":"HR-100001","at":"2026-09-01T07:05:00Z","total":1234567890123.45678}';
    const end = settled(door, '1');
    expect(told(await door.post(row))).to.deep.equal([202, 'accepted']);
    await end;
    const [journal] = door.shop.org.store.find('TransactionJournal', {});
    expect(String(journal?.['TransactionAmount'])).to.match(/^1234567890123\.4/);
    expect(told(await door.post({ id: '2', card: 'HR-100001', at: 'noon', total: 1 }))[0]).to.equal(422);
  });

  it('takes a list, answers for each in its order, and keeps the order of a member', async () => {
    await using door = await openDoor();
    const list = Array.from({ length: 20 }, (_, index) => sale(String(index + 1)));
    const { status, body } = await door.post(list);
    expect([status, body.results?.map(({ key }) => key)]).to.deep.equal([202, list.map(({ key }) => key)]);
    await door.service.drain();
    expect(journalKeys(door.shop)).to.deep.equal(list.map(({ key }) => key));
  });

  it('answers 207 to a list with one that is not fine, and stores the others', async () => {
    await using door = await openDoor();
    const { status, body } = await door.post([sale('1'), { ...sale('2'), member: '' }, 7, sale('4')]);
    expect(status).to.equal(207);
    expect(body.results?.map((each) => [each.status, each.is ?? each.error?.code])).to.deep.equal([
      [202, 'accepted'],
      [422, 'INVALID'],
      [422, 'NOT_AN_OBJECT'],
      [202, 'accepted'],
    ]);
    expect((await door.post([sale('1')])).status).to.equal(200);
  });

  it('answers 429 under backpressure, also in the middle of a list, and has stored what it says', async () => {
    await using door = await openDoor({ service: { mostWaiting: 2 } });
    const { status, headers, body } = await door.post([sale('1'), sale('2'), sale('3'), sale('4')]);
    expect([status, body.results?.map((each) => each.status)]).to.deep.equal([207, [202, 202, 429, 429]]);
    expect(headers.get('retry-after')).to.equal('1');
    await door.service.drain();
    expect(journalKeys(door.shop)).to.deep.equal(['till:1', 'till:2']);
  });

  it('tells a single caller under backpressure when to try again', async () => {
    await using door = await openDoor();
    Object.defineProperty(door.service, 'canPush', { value: false });
    const { status, headers, body } = await door.post(sale('1'));
    expect([status, headers.get('retry-after'), body.error?.code]).to.deep.equal([429, '1', 'BUSY']);
    expect((await door.get('/ready')).status).to.equal(503);
    expect((await door.get('/transactions/till%3A1')).status).to.equal(404);
  });

  it('answers 429 to a list of which nothing could be stored under backpressure', async () => {
    await using door = await openDoor();
    Object.defineProperty(door.service, 'canPush', { value: false });
    const { status, headers, body } = await door.post([sale('1'), sale('2')]);
    expect([status, headers.get('retry-after')]).to.deep.equal([429, '1']);
    expect(body.results?.map((each) => [each.status, each.error?.code])).to.deep.equal([
      [429, 'BUSY'],
      [429, 'BUSY'],
    ]);
  });

  it('answers 503 while the service is being drained and afterwards', async () => {
    await using door = await openDoor();
    const report = door.service.drain();
    expect(told(await door.post(sale('1')))).to.deep.equal([503, 'ENDING']);
    await report;
    const { status, headers, body } = await door.post([sale('1'), sale('2')]);
    expect([status, headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(body.results?.map((each) => told({ ...each, headers, body: each }))).to.deep.equal([
      [503, 'ENDING'],
      [503, 'ENDING'],
    ]);
    const mixed = await door.post([sale('3'), 7]);
    expect([mixed.status, mixed.headers.get('retry-after')]).to.deep.equal([207, '5']);
    expect((await door.get('/ready')).body).to.deep.equal({ status: 'ending' });
    expect((await door.get('/health')).body).to.deep.equal({ status: 'alive' });
  });

  it('answers 503 when the run has stopped by itself, with the reason', async () => {
    await using door = await openDoor();
    const match = { method: 'POST', path: '/connect/realtime/*' } as const;
    door.shop.org.faults.replace({ rules: [{ fault: 'unauthorized', match }] });
    await door.post(sale('1'));
    const { ending, stopped } = await door.service.ended;
    expect(ending).to.equal('stopped');
    const { status, body } = await door.post(sale('2'));
    expect([status, body.error?.code]).to.deep.equal([503, 'STOPPED']);
    expect(body.error?.message).to.include(stopped?.code);
  });
});

describe('GET /transactions/{key}', () => {
  it('answers 404 to a key that is not known', async () => {
    await using door = await openDoor();
    expect(told(await door.get('/transactions/till%3A9'))).to.deep.equal([404, 'UNKNOWN_KEY']);
  });

  it('finds keys with slashes, blanks and any script, as long as they are', async () => {
    await using door = await openDoor();
    const key = `a/b c?%C3&\u00e9\u{1F980}${'x'.repeat(180)}`;
    expect((await door.post(sale(key))).status).to.equal(202);
    const { status, body } = await door.get(`/transactions/${encodeURIComponent(`till:${key}`)}`);
    expect([status, body.key]).to.deep.equal([200, `till:${key}`]);
  });
});

it('An unexpected failure is told to the operator, and the caller gets no details of it', async () => {
  await using door = await openDoor();
  door.service.outcome = () => Promise.reject(new TypeError('secret detail'));
  const { status, body } = await door.get('/transactions/till%3A1');
  expect([status, body.error?.code]).to.deep.equal([500, 'INTERNAL']);
  expect(JSON.stringify(body)).to.not.include('secret');
  expect(door.errors.map(({ message }) => message)).to.deep.equal(['secret detail']);
});
