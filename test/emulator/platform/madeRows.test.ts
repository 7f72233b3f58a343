import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Objects and fields as records', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start({
      customFields: { Account: { Shoe__c: { type: 'string', length: 5, label: 'Shoe', createable: true } } },
    });
    client = new RestClient(org);
  });

  after(() => org.stop());

  const rows = async (soql: string): Promise<Record<string, unknown>[]> => {
    const { status, body } = await client.query(soql);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.records as Record<string, unknown>[];
  };

  it('say whether the org has an object', async () => {
    const select = 'SELECT QualifiedApiName, DurableId, KeyPrefix, Label, IsCustomizable FROM EntityDefinition';
    const [member, ...others] = await rows(`${select} WHERE QualifiedApiName = 'loyaltyprogrammember'`);
    expect(others).to.deep.equal([]);
    expect(member).to.include({ QualifiedApiName: 'LoyaltyProgramMember', KeyPrefix: '0lM', IsCustomizable: true });
    expect(await rows(`${select} WHERE QualifiedApiName = 'Nonsense__c'`)).to.deep.equal([]);
    const many = await rows(`${select} WHERE IsQueryable = true ORDER BY QualifiedApiName`);
    expect(many.length).to.be.greaterThan(100);
  });

  it('have the stages of opportunities, as opportunities have them', async () => {
    const select = 'SELECT ApiName, DefaultProbability, ForecastCategoryName, IsClosed, IsWon FROM OpportunityStage';
    const stages = await rows(`${select} WHERE IsActive = true ORDER BY SortOrder`);
    expect(stages).to.have.length(10);
    for (const stage of stages) {
      const { ApiName: StageName, DefaultProbability: Probability, ForecastCategoryName, IsClosed, IsWon } = stage;
      const id = await client.create('Opportunity', { Name: 'O', CloseDate: '2026-05-01', StageName });
      const { body } = await client.get(`/sobjects/Opportunity/${id}`);
      expect(body).to.include({ Probability, ForecastCategoryName, IsClosed, IsWon });
    }
  });

  it('describe the fields of one object', async () => {
    const select = 'SELECT QualifiedApiName, DataType, Length, IsNillable, EntityDefinition.QualifiedApiName';
    const fields = await rows(`${select} FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Account'`);
    const byName = new Map(fields.map((field) => [field['QualifiedApiName'], field]));
    expect(byName.get('Shoe__c')).to.include({ DataType: 'Text(5)', Length: 5, IsNillable: true });
    expect(byName.get('Name')?.['EntityDefinition']).to.deep.include({ QualifiedApiName: 'Account' });
    expect(byName.get('ParentId')).to.include({ DataType: 'Lookup(Account)' });
    const same = await rows(`${select} FROM FieldDefinition WHERE EntityDefinitionId = 'Account'`);
    expect(same).to.deep.equal(fields);
    const [entity] = await rows(
      "SELECT DurableId, (SELECT QualifiedApiName FROM Fields) FROM EntityDefinition WHERE DurableId = 'Account'",
    );
    expect((entity?.['Fields'] as { totalSize: number }).totalSize).to.equal(fields.length);
  });

  it('describe fields only for a given object, as in an org', async () => {
    const { status, body } = await client.query('SELECT QualifiedApiName FROM FieldDefinition');
    expect([status, body[0].errorCode]).to.deep.equal([400, 'MALFORMED_QUERY']);
    expect(body[0].message).to.contain('A filter on a reified column is required [EntityDefinitionId,DurableId]');
  });

  it('are the same in the Tooling API, which has nothing else here', async () => {
    const soql = "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Voucher'";
    const tooling = (query: string) => client.get(`/tooling/query?q=${encodeURIComponent(query)}`);
    expect((await tooling(soql)).body.records[0]).to.include({ QualifiedApiName: 'Voucher' });
    for (const query of ['SELECT Id FROM ApexClass', 'SELECT Id FROM Account']) {
      const { status, body } = await tooling(query);
      expect([status, body[0].message]).to.deep.include(501);
    }
  });

  it('follow the API version', async () => {
    const old = new RestClient(org, org.accessToken, 'v50.0');
    const { body } = await old.query("SELECT Id FROM EntityDefinition WHERE QualifiedApiName = 'LoyaltyProgramMember'");
    expect(body.totalSize).to.equal(0);
  });

  it('are not counted among the records', async () => {
    await rows('SELECT QualifiedApiName FROM EntityDefinition');
    const { body } = await client.get('/limits/recordCount');
    const names = body.sObjects.map(({ name }: { name: string }) => name);
    expect(names).to.include('User').and.to.not.include('EntityDefinition');
  });

  it('are those of each org', async () => {
    const text = { type: 'string', length: 9, label: 'Late' } as const;
    await using other = await Emulator.start({ customFields: { Account: { Late__c: text } } });
    const soql = "SELECT DataType FROM FieldDefinition WHERE DurableId = 'Account.Late__c'";
    const { body } = await new RestClient(other).query(soql);
    expect(body.records[0]).to.include({ DataType: 'Text(9)' });
  });

  it('cannot be written, nor read in bulk', async () => {
    expect((await client.post('/sobjects/EntityDefinition', { Label: 'x' })).status).to.equal(400);
    const job = { operation: 'query', query: 'SELECT QualifiedApiName FROM EntityDefinition' };
    const { body } = await client.post('/jobs/query', job);
    expect(body[0].message).to.contain('is not supported by the Bulk API');
  });
});
