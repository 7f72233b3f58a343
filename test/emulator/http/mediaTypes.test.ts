import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { BulkJobs } from '../bulk/bulkJobs.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import { rawRequest } from './rawRequest.js';

const account = JSON.stringify({ Name: 'Quay' });

describe('A body', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
    seedProgram(org);
  });

  after(() => org.stop());

  const send = async (method: string, path: string, contentType: string | undefined, body = account) => {
    const authorization = `Bearer ${org.accessToken}`;
    const headers = { authorization, ...(contentType !== undefined && { 'content-type': contentType }) };
    const { status, text } = await rawRequest(org, `/services/data/v66.0${path}`, { method, headers, body });
    return { status, error: text === '' ? undefined : JSON.parse(text)[0] };
  };

  const jsonResources: readonly (readonly [method: string, path: string])[] = [
    ['POST', '/sobjects/Account'],
    ['PATCH', '/sobjects/Account/0019z0000000001AAA'],
    ['PATCH', '/sobjects/TransactionJournal/Src_Key__c/x'],
    ['POST', '/composite'],
    ['POST', '/composite/sobjects'],
    ['POST', '/jobs/query'],
    ['POST', '/connect/realtime/loyalty/programs/Cirrus'],
    ['POST', '/loyalty-programs/Cirrus/individual-member-enrollments'],
    ['POST', '/actions/standard/updateProgressForCumulativePromotionUsage'],
  ];
  for (const contentType of [
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/vnd.api+json',
    'application/xml',
    'text/csv',
    'utf-8',
  ]) {
    it(`of type ${contentType} is not read as JSON`, async () => {
      const accounts = org.store.count('Account');
      for (const [method, path] of jsonResources) {
        const { status, error } = await send(method, path, contentType);
        expect([status, error.errorCode], path).to.deep.equal([415, 'UNSUPPORTED_MEDIA_TYPE']);
        expect(error.message).to.contain(`MediaType of '${contentType}' is not supported by this resource`);
      }
      expect(org.store.count('Account')).to.equal(accounts);
    });
  }

  for (const contentType of ['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset=utf-8']) {
    it(`of type ${contentType} is read`, async () => {
      expect((await send('POST', '/sobjects/Account', contentType)).status).to.equal(201);
    });
  }

  it('of a bulk upload is CSV', async () => {
    const jobs = new BulkJobs(org);
    const id = await jobs.create();
    const path = `/jobs/ingest/${id}/batches`;
    for (const contentType of ['application/json', 'application/octet-stream', 'application/x-www-form-urlencoded']) {
      expect((await send('PUT', path, contentType, 'Src_Key__c\nx\n')).status).to.equal(415);
    }
    expect((await send('PUT', path, 'text/csv; charset=UTF-8', 'Src_Key__c\nx\n')).status).to.equal(201);
  });

  it('in several parts is refused where a resource takes no files', async () => {
    const multipart = 'multipart/form-data; boundary=x';
    const { status, error } = await send('POST', '/composite/batch', multipart, '--x--');
    expect([status, error.errorCode]).to.deep.equal([501, 'NOT_IMPLEMENTED']);
    expect(error.message).to.match(/does not implement files/);
    const empty = await send('POST', '/sobjects/Account', multipart, '--x--');
    expect([empty.status, empty.error.errorCode]).to.deep.equal([400, 'INVALID_MULTIPART_REQUEST']);
  });

  it('that is missing has no type, whatever the header says', async () => {
    const sdk = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
    expect((await client.get('/limits', sdk)).status).to.equal(200);
    const id = await client.create('Account', { Name: 'Pier' });
    expect((await client.send('DELETE', `/sobjects/Account/${id}`, undefined, sdk)).status).to.equal(204);
  });
});
