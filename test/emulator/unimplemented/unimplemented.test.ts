import { expect } from 'chai';
import { standardActions } from '../../../src/contract/actions/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { families } from '../../../src/emulator/unimplemented/platformFamilies.js';
import { documentedLoyaltyResources } from '../../../src/emulator/unimplemented/absentLoyaltyResources.js';
import { platformResources } from '../../../src/emulator/unimplemented/platformResources.js';
import { RestClient, seedProgram } from '../restClient.js';
import type { Answer } from '../restClient.js';

/** The standard actions of the Loyalty Management guide, and the first API version of each. */
const actionsOfTheGuide: Record<string, number> = {
  ...{ adjustPoints: 51, adjustPointsAction: 51, assignMemberTierBenefits: 51, assignTierBenefits: 51 },
  ...{ cancelAccrual: 51, cancelRedemption: 51, changeAllTierOrNone: 51, changeTier: 51, changeTierWhenNoErrors: 51 },
  ...{ creditPoints: 51, debitPoints: 51, executeMemberBenefit: 51, getPointsBalance: 51, getTier: 51 },
  ...{ processMemberBenefitAction: 51, refreshDecisionTable: 51, submitFailedRecordsBatchJob: 52 },
  ...{ getLoyaltyPromotion: 53, getLoyaltyPromotionBasedOnSalesforceCDP: 53, transferMemberPointsToGroups: 53 },
  ...{ updateProgressForCumulativePromotionUsage: 53, runProgramProcessForTransactionJournal: 54 },
  ...{ getMemberActiveSegments: 55, mergeLoyaltyProgramMembership: 56, unmergeLoyaltyProgramMembership: 56 },
  ...{ generateMemberReferralCode: 57, processReferralEvent: 60, enrollAdvocateB2bReferralProm: 64 },
  ...{ processB2bReferralEvent: 64, transferPoints: 64, mapTraceablePtForRedemTrxn: 66, reinstatePoints: 67 },
};

/** Under every name. */
const served = new Set<string>(Object.values(standardActions).flatMap(({ name, aliases }) => [name, ...aliases]));

/** Clients take a 404 for an answer, such as "no such member": what is not here must not say that. */
describe('What an org has but the local one does not', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    seedProgram(org);
  });

  after(() => org.stop());

  function expectSaid({ status, body }: Answer): void {
    expect([status, body[0].errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
    expect(body[0].message).to.match(
      /^This local org does not implement [^.]+\. See docs\/emulator\.md, What it does not support$/,
    );
  }

  const filled = (path: string): string =>
    path
      .replace(':program', 'Cirrus')
      .replace(':membershipNumber', 'M-77')
      .replace(':object', 'Account')
      .replace(/:\w+/g, 'x1');

  for (const { method, path, since = 31 } of [...documentedLoyaltyResources, ...platformResources]) {
    it(`${method} ${path} is served or says so, and is unknown before v${since}.0`, async () => {
      const send = (version: number): Promise<Answer> =>
        client.send(method, `/services/data/v${version}.0${filled(path)}`, method === 'POST' ? {} : undefined);
      const answer = await send(68);
      if (answer.status === 501) expectSaid(answer);
      else expect(answer.body[0]?.message).to.not.equal('The requested resource does not exist');
      if (since > 31) expect((await send(since - 1)).status).to.equal(404);
    });
  }

  for (const family of families.keys()) {
    it(`${family} says so, and everything below it`, async () => {
      for (const path of [`/${family}`, `/${family}/`, `/${family}/x1/y2?q=1`]) expectSaid(await client.get(path));
      expectSaid(await client.post(`/${family}`, {}));
    });
  }

  for (const name of ['ObjectPermissions', 'apexclass', 'ContentFolder', 'EntityParticle', 'VoucherShare']) {
    it(`the object ${name} says so wherever it is named`, async () => {
      const record = { attributes: { type: name, referenceId: 'a' }, Name: 'x' };
      const url = `/services/data/v66.0/sobjects/${name}`;
      const soql = encodeURIComponent(`SELECT Id FROM ${name}`);
      expectSaid(await client.get(`/query?q=${soql}`));
      expectSaid(await client.get(`/sobjects/${name}`));
      expectSaid(await client.get(`/sobjects/${name}/describe`));
      expectSaid(await client.get(`/sobjects/${name}/0PS9z0000000001AAA`));
      expectSaid(await client.post(`/sobjects/${name}`, { Name: 'x' }));
      expectSaid(await client.post('/composite/sobjects', { records: [record] }));
      expectSaid(await client.post(`/composite/tree/${name}`, { records: [record] }));
      expectSaid(await client.post('/jobs/ingest', { object: name, operation: 'insert' }));
      expectSaid(await client.post('/jobs/query', { operation: 'query', query: `SELECT Id FROM ${name}` }));
      const compositeRequest = [{ method: 'GET', url, referenceId: 'a' }];
      const { body } = await client.post('/composite', { compositeRequest });
      expect(body.compositeResponse[0].httpStatusCode).to.equal(501);
    });
  }

  for (const [name, since] of Object.entries(actionsOfTheGuide)) {
    it(`the action ${name} is served or says so, and is unknown before v${since}.0`, async () => {
      const path = `/actions/standard/${name}`;
      if (!served.has(name)) {
        expectSaid(await client.send('POST', `/services/data/v68.0${path}`, { inputs: [{}] }));
        expectSaid(await client.get(`/services/data/v${since}.0${path}`));
      }
      expect((await client.get(`/services/data/v${since - 1}.0${path}`)).status).to.equal(404);
    });
  }

  it('a relationship to such objects says so, wherever it is walked', async () => {
    const id = org.store.insert('Account', { Name: 'Acme' });
    expectSaid(await client.query('SELECT Id, (SELECT Id FROM Tasks) FROM Account'));
    expectSaid(await client.query("SELECT Id FROM Contact WHERE Account.Owner.UserRole.Name = 'x'"));
    expectSaid(await client.query('SELECT Owner.UserRole.Name FROM Account'));
    expectSaid(await client.query('SELECT Id FROM User WHERE Id IN (SELECT SetupOwnerId FROM SetupAuditTrail)'));
    expectSaid(await client.get(`/sobjects/Account/${id}/Histories`));
    expect((await client.query('SELECT Id, (SELECT Id FROM Nonsense) FROM Account')).body[0].errorCode).to.equal(
      'INVALID_TYPE',
    );
    expect((await client.get(`/sobjects/Account/${id}/Nonsense`)).status).to.equal(404);
  });

  it('a batch with files says so', async () => {
    const form = new FormData();
    form.append('collection', new Blob(['{}'], { type: 'application/json' }));
    form.append('file', new Blob(['x']), 'x.txt');
    const response = await fetch(`${org.url}/services/data/v66.0/composite/batch`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${org.accessToken}` }, body: form },
    });
    const body = (await response.json()) as { errorCode: string }[];
    expect([response.status, body[0]?.errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
  });

  it('what a resource of it takes and does not do says so', async () => {
    const path = '/connect/realtime/loyalty/programs/Cirrus';
    const journal = { ActivityDate: '2026-05-01T10:00:00Z', MembershipNumber: 'M-77', JournalTypeName: 'Accrual' };
    const runSetting = { isSimulation: true };
    const appliedPromotions = [{ promotionId: 'x' }];
    expectSaid(await client.post(path, { transactionJournals: [{ ...journal, appliedPromotions }], runSetting }));
  });

  for (const path of [
    '/nonsense',
    '/sobjects/Nonsense',
    '/actions/standard/nonsense',
    '/connect/loyalty/programs/Cirrus/members',
    '/connect/loyalty/programs/Cirrus/enroll-in-promotion',
    '/loyalty/programs/Cirrus/program-processes/x/runs',
    '/loyalty/members/x/balance',
  ]) {
    it(`${path}, which no org has, is not found`, async () => {
      const { status, body } = await client.get(path);
      expect([status, body[0].errorCode]).to.deep.equal([404, 'NOT_FOUND']);
    });
  }

  it('and an object that only a Dev Hub has is not supported', async () => {
    const { status, body } = await client.query('SELECT Id FROM ScratchOrgInfo LIMIT 1');
    expect([status, body[0].errorCode]).to.deep.equal([400, 'INVALID_TYPE']);
  });

  it('is not in the map of resources, but everything else is', async () => {
    const { body } = await client.get('');
    const served = ['actions', 'composite', 'connect', 'identity', 'jobs', 'limits', 'query', 'queryAll', 'sobjects'];
    expect(body).to.include.all.keys(...served);
    for (const family of families.keys()) if (!served.includes(family)) expect(body).to.not.have.property(family);
    for (const [name, url] of Object.entries<string>(body)) {
      if (name === 'identity') continue;
      expect(url).to.equal(`/services/data/v66.0/${name}`);
      // Without its parameters a query is refused.
      expect((await client.get(url)).status, url).to.be.oneOf([200, 400]);
    }
    expect((await client.get('/actions')).body).to.deep.equal({
      custom: '/services/data/v66.0/actions/custom',
      standard: '/services/data/v66.0/actions/standard',
    });
    expect((await client.get('/services/data/v46.0/jobs')).body).to.deep.equal({
      ingest: '/services/data/v46.0/jobs/ingest',
    });
    const old = await client.get('/services/data/v40.0');
    expect(old.body).to.not.have.any.keys('jobs', 'connect');
    expect(old.body).to.include.all.keys('query', 'composite');
  });
});
