import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram } from '../restClient.js';
import type { ExampleProgram } from '../restClient.js';

describe('Relatives of a record', () => {
  let org: Emulator;
  let client: RestClient;
  let program: ExampleProgram;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    program = seedProgram(org);
  });

  after(() => org.stop());

  it('include its parent', async () => {
    const address = `/sobjects/LoyaltyProgramMember/${program.memberId.slice(0, 15)}`;
    const { status, body } = await client.get(`${address}/program?fields=Name`);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      attributes: {
        type: 'LoyaltyProgram',
        url: `/services/data/v66.0/sobjects/LoyaltyProgram/${program.programId}`,
      },
      Name: 'Cirrus',
      Id: program.programId,
    });
    expect((await client.get(`${address}/Contact`)).body).to.include({ LastName: 'Nimbus' });
    expect((await client.get(`${address}/Account`)).status).to.equal(404);
  });

  it('include its children, page by page', async () => {
    const account = org.store.insert('Account', { Name: 'Acme' });
    org.store.transaction(() => {
      for (let number = 0; number < 2_001; number++) {
        org.store.insert('Contact', { LastName: `c-${number}`, AccountId: account });
      }
    });
    const { status, body } = await client.get(`/sobjects/Account/${account}/contacts?fields=LastName`);
    expect(status).to.equal(200);
    expect(body).to.include({ totalSize: 2_001, done: false });
    expect(body.records[0]).to.include({ LastName: 'c-0' });
    expect((await client.get(body.nextRecordsUrl)).body.records).to.have.lengthOf(1);
    const all = await client.get(`/sobjects/Account/${account}/Contacts`);
    expect(all.body.records[0]).to.include({ LastName: 'c-0', AccountId: account });
  });

  it('do not exist for an unknown record or relationship', async () => {
    const account = org.store.insert('Account', { Name: 'Beta' });
    const paths = [`${account}/Nonsense`, '0019z0000zzzzzzAAA/Contacts', '0019z0000zzzzzzAAA/Owner'];
    for (const path of paths) expect((await client.get(`/sobjects/Account/${path}`)).status).to.equal(404);
    const wrong = await client.get(`/sobjects/Account/${account}/Contacts?fields=Foo`);
    expect(wrong.body[0]).to.include({ errorCode: 'INVALID_FIELD' });
  });
});
