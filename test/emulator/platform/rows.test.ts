import { expect } from 'chai';
import type { Clock } from '../../../src/base/clock.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { ExampleProgram } from '../restClient.js';

describe('Records', () => {
  let now = Date.parse('2026-04-03T08:00:00.123Z');
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
  let org: Emulator;
  let client: RestClient;
  let program: ExampleProgram;

  before(async () => {
    org = await Emulator.start({ clock, customFields: sourceKey });
    client = new RestClient(org);
    program = seedProgram(org);
  });

  after(() => org.stop());

  it('are created, read, changed and deleted', async () => {
    const created = await client.post('/sobjects/Account', { Name: 'Acme' });
    const { id } = created.body as { id: string };
    expect(created.status).to.equal(201);
    expect(created.body).to.deep.equal({ id, success: true, errors: [] });
    expect(created.headers.get('location')).to.equal(`/services/data/v66.0/sobjects/Account/${id}`);
    expect(id).to.match(/^001\w{15}$/);

    now += 60_000;
    const changed = await client.patch(`/sobjects/Account/${id}`, { Phone: '+49 30 1' });
    expect({ status: changed.status, body: changed.body }).to.deep.equal({ status: 204, body: '' });

    const { status, body } = await client.get(`/sobjects/Account/${id}`);
    expect(status).to.equal(200);
    expect(body.attributes).to.deep.equal({ type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` });
    expect(body).to.include({
      Id: id,
      Name: 'Acme',
      Phone: '+49 30 1',
      Website: null,
      CreatedDate: '2026-04-03T08:00:00.000+0000',
      LastModifiedDate: '2026-04-03T08:01:00.000+0000',
      IsDeleted: false,
    });

    expect((await client.delete(`/sobjects/Account/${id}`)).status).to.equal(204);
    const gone = await client.get(`/sobjects/Account/${id}`);
    expect(gone.status).to.equal(404);
    expect(gone.body).to.deep.equal([{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
    for (const again of [client.delete(`/sobjects/Account/${id}`), client.patch(`/sobjects/Account/${id}`, {})]) {
      const answer = await again;
      expect(answer.status).to.equal(404);
      expect(answer.body).to.deep.equal([{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }]);
    }
  });

  it('are found by ids of 15 or 18 characters, and by names in any case', async () => {
    const short = program.memberId.slice(0, 15);
    const { body } = await client.get(`/sobjects/LOYALTYPROGRAMMEMBER/${short}?fields=membershipnumber,contactid`);
    expect(body).to.deep.equal({
      attributes: {
        type: 'LoyaltyProgramMember',
        url: `/services/data/v66.0/sobjects/LoyaltyProgramMember/${program.memberId}`,
      },
      MembershipNumber: 'M-77',
      ContactId: org.store.first('Contact', {})?.Id,
      Id: program.memberId,
    });
    const id = await client.create('transactionjournal', { memberid: short, ACTIVITYDATE: '2026-04-03' });
    expect(org.store.get('TransactionJournal', id)).to.include({ MemberId: program.memberId });
  });

  it('that do not exist are not found', async () => {
    const notFound = 'The requested resource does not exist';
    const noKey = 'Provided external ID field does not exist or is not accessible: ';
    const paths = {
      '/sobjects/Nothing/0019z0000zzzzzzAAA': notFound,
      '/sobjects/Account/0019z0000zzzzzzAAA': notFound,
      '/sobjects/Account/xyz': `${noKey}xyz`,
      '/sobjects/Account/Phone/1': `${noKey}Phone`,
      '/sobjects/LoyaltyProgramMember/MembershipNumber/none': notFound,
    };
    for (const [path, message] of Object.entries(paths)) {
      const { status, body } = await client.get(path);
      expect(status).to.equal(404);
      expect(body).to.deep.equal([{ message, errorCode: 'NOT_FOUND' }]);
    }
    const { status, body } = await client.get(`/sobjects/Account/${program.memberId}?fields=Foo`);
    expect({ status, code: body[0].errorCode }).to.deep.equal({ status: 404, code: 'NOT_FOUND' });
  });

  it('of another object are not written', async () => {
    const { status, body } = await client.patch(`/sobjects/Account/${program.memberId}`, { Name: 'x' });
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      {
        message: `Account ID: id value of incorrect type: ${program.memberId}`,
        errorCode: 'MALFORMED_ID',
        fields: ['Id'],
      },
    ]);
  });

  it('do not accept their id in the body', async () => {
    const { status, body } = await client.patch(`/sobjects/LoyaltyProgram/${program.programId}`, { id: 'x' });
    expect(status).to.equal(400);
    expect(body).to.deep.equal([
      { message: 'The Id field should not be specified in the sobject data.', errorCode: 'INVALID_FIELD' },
    ]);
  });

  it('of objects newer than the API version do not exist', async () => {
    const old = new RestClient(org, org.accessToken, 'v50.0');
    expect((await old.get(`/sobjects/LoyaltyProgram/${program.programId}`)).status).to.equal(404);
    expect((await old.get('/sobjects/Account/describe')).status).to.equal(200);
  });

  it('have no fields newer than the API version', async () => {
    const id = await client.create('TransactionJournal', { MemberId: program.memberId, ActivityDate: '2026-04-03' });
    const path = `/sobjects/TransactionJournal/${id}?fields=IsParentTransaction`;
    expect((await client.get(path)).body).to.include({ IsParentTransaction: false });
    const old = await new RestClient(org, org.accessToken, 'v59.0').get(path);
    expect({ status: old.status, code: old.body[0].errorCode }).to.deep.equal({ status: 400, code: 'INVALID_FIELD' });
  });

  it('are read or changed depending on the time of their last change', async () => {
    const path = `/sobjects/Account/${await client.create('Account', { Name: 'Acme' })}`;
    const written = (await client.get(path)).headers.get('last-modified') ?? '';
    expect(Date.parse(written)).to.equal(Math.floor(now / 1000) * 1000);
    const before = new Date(now - 1000).toUTCString();
    expect((await client.get(path, { 'if-modified-since': before })).status).to.equal(200);
    expect((await client.get(path, { 'if-modified-since': written })).status).to.equal(304);
    const change = async (since: string): Promise<unknown[]> => {
      const { status, body } = await client.send('PATCH', path, { Phone: '1' }, { 'if-unmodified-since': since });
      return [status, body[0]?.errorCode];
    };
    expect(await change(written)).to.deep.equal([204, undefined]);
    expect(await change(before)).to.deep.equal([412, 'PRECONDITION_FAILED']);
    expect(await change('yesterday')).to.deep.equal([400, 'INVALID_HEADER_VALUE']);
  });

  it('can refer to their parent by a key', async () => {
    const id = await client.create('TransactionJournal', {
      ActivityDate: '2026-04-03',
      Member: { MembershipNumber: 'm-77' },
      ReferredParty: { attributes: { type: 'Contact' }, Id: org.store.first('Contact', {})?.Id.slice(0, 15) },
    });
    expect(org.store.get('TransactionJournal', id)).to.include({
      MemberId: program.memberId,
      ReferredPartyId: org.store.first('Contact', {})?.Id,
    });
  });

  it('get consecutive numbers as names', async () => {
    const journal = { MemberId: program.memberId, ActivityDate: '2026-04-03' };
    const names: number[] = [];
    for (let count = 0; count < 2; count++) {
      const id = await client.create('TransactionJournal', journal);
      names.push(Number(org.store.get('TransactionJournal', id)?.['Name']));
    }
    expect(names[1]).to.equal((names[0] ?? 0) + 1);
  });

  it('compute their balances', async () => {
    const id = await client.create('LoyaltyMemberCurrency', {
      ...{ Name: 'Points', LoyaltyMemberId: program.memberId },
      ...{ TotalPointsAccrued: 0.3, TotalPointsRedeemed: 0.1, TotalPointsExpired: null },
      ...{ TotalEscrowPointsAccrued: 50, TotalEscrowRolloverPoints: 20 },
    });
    const balances = async (): Promise<unknown> => {
      const { body } = await client.get(`/sobjects/LoyaltyMemberCurrency/${id}`);
      return [body.PointsBalance, body.EscrowPointsBalance];
    };
    expect(await balances()).to.deep.equal([0.2, 30]);
    await client.patch(`/sobjects/LoyaltyMemberCurrency/${id}`, { TotalPointsRedeemed: 59.5 });
    expect(await balances()).to.deep.equal([-59.2, 30]);
  });

  it('compute the progress of a cumulative promotion', async () => {
    const promotion = { Name: 'Ten cups', StartDate: '2026-01-01', CumulativeUsageTarget: 4 };
    const PromotionId = await client.create('Promotion', promotion);
    const id = await client.create('LoyaltyProgramMbrPromotion', {
      LoyaltyProgramMemberId: program.memberId,
      PromotionId,
      CumulativeUsageCompleted: 3,
    });
    const progress = async (): Promise<unknown> => {
      const { body } = await client.get(`/sobjects/LoyaltyProgramMbrPromotion/${id}`);
      return [body.CumulativeUsageTarget, body.CumulativeUsageCompletePercent];
    };
    expect(await progress()).to.deep.equal([4, 75]);
    await client.patch(`/sobjects/Promotion/${PromotionId}`, { CumulativeUsageTarget: 9 });
    expect(await progress()).to.deep.equal([9, 33.33]);
    await client.patch(`/sobjects/Promotion/${PromotionId}`, { CumulativeUsageTarget: null });
    expect(await progress()).to.deep.equal([null, null]);
  });

  it('compute the names of persons', async () => {
    const id = await client.create('Account', { FirstName: 'Ada', LastName: 'Nimbus' });
    expect(org.store.get('Account', id)).to.include({ Name: 'Ada Nimbus', IsPersonAccount: true });
    await client.patch(`/sobjects/Account/${id}`, { LastName: 'Cirrus' });
    expect(org.store.get('Account', id)).to.include({ Name: 'Ada Cirrus' });
  });

  it('are counted', async () => {
    const { body } = await client.get('/limits/recordCount?sObjects=organization,LoyaltyProgram,Nothing');
    expect(body).to.deep.equal({
      sObjects: [
        { count: 1, name: 'Organization' },
        { count: 1, name: 'LoyaltyProgram' },
      ],
    });
  });
});

describe('Upsert', () => {
  let org: Emulator;
  let client: RestClient;
  let program: ExampleProgram;
  const path = '/sobjects/TransactionJournal/Src_Key__c';

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey, settings: { allowJournalDeletion: true } });
    client = new RestClient(org);
    program = seedProgram(org);
  });

  after(() => org.stop());

  const journal = (): Record<string, unknown> => ({ MemberId: program.memberId, ActivityDate: '2026-04-03' });

  it('creates, then updates', async () => {
    const first = await client.patch(`${path}/till9-1`, journal());
    const { id } = first.body as { id: string };
    expect(first.status).to.equal(201);
    expect(first.body).to.deep.equal({ id, success: true, errors: [], created: true });
    const second = await client.patch(`${path}/TILL9-1`, { Status: 'Error' });
    expect(second.status).to.equal(200);
    expect(second.body).to.deep.equal({ id, success: true, errors: [], created: false });
    expect(org.store.get('TransactionJournal', id)).to.include({ Src_Key__c: 'till9-1', Status: 'Error' });
    expect((await client.get(`${path}/till9-1`)).body).to.include({ Id: id });
  });

  it('returned less before API 46', async () => {
    const old = new RestClient(org, org.accessToken, 'v45.0');
    // Journals are younger than 46: an account shows it.
    const created = await old.patch('/sobjects/Contact/Email/old@example.com', { LastName: 'Old' });
    expect(created.status).to.equal(201);
    expect(created.body).to.have.keys('id', 'success', 'errors');
    const updated = await old.patch('/sobjects/Contact/Email/old@example.com', { LastName: 'Older' });
    expect({ status: updated.status, body: updated.body }).to.deep.equal({ status: 204, body: '' });
  });

  it('accepts keys with reserved characters', async () => {
    const key = 'INV 1/85123A#1?ä';
    expect((await client.patch(`${path}/${encodeURIComponent(key)}`, journal())).status).to.equal(201);
    expect(org.store.count('TransactionJournal', { Src_Key__c: key })).to.equal(1);
    expect((await client.patch(`${path}/INV/1`, journal())).status).to.equal(404);
  });

  it('does not accept the key or an id in the body', async () => {
    for (const name of ['Src_Key__c', 'Id']) {
      const { status, body } = await client.patch(`${path}/till9-2`, { ...journal(), [name]: 'x' });
      expect(status).to.equal(400);
      expect(body).to.deep.equal([
        { message: `The ${name} field should not be specified in the sobject data.`, errorCode: 'INVALID_FIELD' },
      ]);
    }
  });

  it('neither finds nor creates a record by an empty key', async () => {
    const count = org.store.count('TransactionJournal');
    for (const answer of [
      client.patch(`${path}/%20`, journal()),
      client.get(`${path}/%20`),
      client.delete(`${path}/%20`),
    ]) {
      const { status, body } = await answer;
      expect(status).to.equal(400);
      expect(body[0]).to.include({ errorCode: 'MISSING_ARGUMENT', message: 'Src_Key__c not specified' });
    }
    expect(org.store.count('TransactionJournal')).to.equal(count);
  });

  it('with updateOnly creates nothing', async () => {
    expect((await client.patch(`${path}/nobody?updateOnly=true`, journal())).status).to.equal(404);
    expect(org.store.count('TransactionJournal', { Src_Key__c: 'nobody' })).to.equal(0);
  });

  it('writes nothing when several rows have the key', async () => {
    const ids = [1, 2].map(() =>
      org.store.insert('TransactionJournal', { ...journal(), ExternalTransactionNumber: 'E-1' }),
    );
    const twins = '/sobjects/TransactionJournal/ExternalTransactionNumber/E-1';
    for (const answer of [client.patch(twins, { Status: 'Error' }), client.get(twins), client.delete(twins)]) {
      const { status, body } = await answer;
      expect(status).to.equal(300);
      expect(body).to.deep.equal(ids.map((id) => `/services/data/v66.0/sobjects/TransactionJournal/${id}`));
    }
    expect(ids.map((id) => org.store.get('TransactionJournal', id)?.['Status'])).to.deep.equal(['Pending', 'Pending']);
  });

  it('by id only updates, and never creates', async () => {
    const short = program.memberId.slice(0, 15);
    const known = await client.patch(`/sobjects/LoyaltyProgramMember/Id/${short}`, { GroupName: 'x' });
    expect(known.body).to.include({ id: program.memberId, created: false });
    const unknown = await client.patch('/sobjects/LoyaltyProgramMember/Id/0lM9z0000zzzzzzAAA', {});
    expect(unknown.status).to.equal(404);
    const deleted = await client.create('Contact', { LastName: 'Gone' });
    await client.delete(`/sobjects/Contact/${deleted}`);
    const gone = await client.patch(`/sobjects/Contact/Id/${deleted}`, { LastName: 'Back' });
    expect(gone.body[0]).to.include({ errorCode: 'ENTITY_IS_DELETED' });
    expect((await client.post('/sobjects/Contact/Id', { LastName: 'Plain insert' })).status).to.equal(201);
  });

  it('accepts only External ID and idLookup fields as keys', async () => {
    for (const name of ['UniqueIdentifier', 'Nothing__c']) {
      const { status, body } = await client.patch(`/sobjects/TransactionJournal/${name}/x`, journal());
      expect(status).to.equal(404);
      expect(body[0].errorCode).to.equal('NOT_FOUND');
    }
  });

  it('deletes by key', async () => {
    await client.patch(`${path}/till9-3`, journal());
    expect((await client.delete(`${path}/till9-3`)).status).to.equal(204);
    expect((await client.get(`${path}/till9-3`)).status).to.equal(404);
  });
});
