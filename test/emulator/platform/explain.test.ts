import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Query plans', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    for (let index = 0; index < 10; index++) org.store.insert('Contact', { LastName: `Contact ${index}` });
  });

  after(() => org.stop());

  const planOf = async (soql: string): Promise<Record<string, unknown>> =>
    (await client.get(`/query?explain=${encodeURIComponent(soql)}`)).body.plans[0] as Record<string, unknown>;

  it('name the index that a filter uses, and how many records it finds', async () => {
    const plan = await planOf("SELECT Id FROM Contact WHERE LastName LIKE '%3' AND CreatedDate = TODAY");
    expect(plan).to.deep.include({ leadingOperationType: 'Index', fields: ['CreatedDate'], cardinality: 1 });
    expect(plan).to.include({ sobjectCardinality: 10, sobjectType: 'Contact' });
    expect(plan['relativeCost']).to.be.lessThan(1);
  });

  it('say that all records are read if no filter, or only one of several, has an index', async () => {
    for (const where of ['', " WHERE Phone = '5'", " WHERE CreatedDate = TODAY OR Phone = '5'"]) {
      const plan = await planOf(`SELECT Id FROM Contact${where}`);
      expect(plan).to.deep.include({ leadingOperationType: 'TableScan', fields: [] });
    }
  });

  it('are what jsforce reads', async () => {
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const { plans } = await connection.query('SELECT Id FROM Contact').explain();
    expect(plans[0]?.notes[0]).to.include({ tableEnumOrId: 'Contact' });
  });

  it('of what is no query are refused', async () => {
    const { status, body } = await client.get('/query?explain=nonsense');
    expect([status, body[0].errorCode]).to.deep.equal([400, 'MALFORMED_QUERY']);
  });
});
