import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Permission sets', () => {
  let org: Emulator;
  let client: RestClient;
  let userId: string;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    userId = org.store.find('User', {})[0]?.Id ?? '';
  });

  after(() => org.stop());

  it('are made, found by name and assigned, as the CLI does it', async () => {
    const id = await client.create('PermissionSet', { Name: 'Loyalty_Clerk', Label: 'Loyalty Clerk' });
    const { body } = await client.query("SELECT Id, IsCustom, Type FROM PermissionSet WHERE Name='Loyalty_Clerk'");
    expect(body.records[0]).to.include({ Id: id, IsCustom: true, Type: 'Regular' });
    await client.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: id });
    const assigned = await client.query(
      "SELECT Assignee.Username, IsActive FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Loyalty_Clerk'",
    );
    expect(assigned.body.records).to.have.length(1);
    expect(assigned.body.records[0]).to.deep.include({ IsActive: true });
    const users = await client.query('SELECT Id, (SELECT PermissionSetId FROM PermissionSetAssignments) FROM User');
    expect(users.body.records[0].PermissionSetAssignments.records[0].PermissionSetId).to.equal(id);
  });

  it('are assigned once to a user, and say so in the words that scripts look for', async () => {
    const id = await client.create('PermissionSet', { Name: 'Once', Label: 'Once' });
    const assignment = { AssigneeId: userId, PermissionSetId: id };
    await client.create('PermissionSetAssignment', assignment);
    const { status, body } = await client.post('/sobjects/PermissionSetAssignment', assignment);
    expect([status, body[0].errorCode]).to.deep.equal([400, 'DUPLICATE_VALUE']);
    expect(body[0].message).to.match(/^Duplicate PermissionSetAssignment\. Assignee: 005/);
    expect(org.store.count('PermissionSetAssignment', { PermissionSetId: id })).to.equal(1);
  });

  it('have names of their own, and stay while somebody has them', async () => {
    const id = await client.create('PermissionSet', { Name: 'Held', Label: 'Held' });
    const again = await client.post('/sobjects/PermissionSet', { Name: 'held', Label: 'Held again' });
    expect([again.status, again.body[0].errorCode]).to.deep.equal([400, 'DUPLICATE_VALUE']);
    const assignment = await client.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: id });
    const refused = await client.delete(`/sobjects/PermissionSet/${id}`);
    expect([refused.status, refused.body[0].errorCode]).to.deep.equal([400, 'DELETE_FAILED']);
    expect((await client.delete(`/sobjects/PermissionSetAssignment/${assignment}`)).status).to.equal(204);
    expect((await client.delete(`/sobjects/PermissionSet/${id}`)).status).to.equal(204);
  });

  it('are needed by an assignment, unless it names a group of them', async () => {
    const { status, body } = await client.post('/sobjects/PermissionSetAssignment', { AssigneeId: userId });
    expect([status, body[0].errorCode]).to.deep.equal([400, 'REQUIRED_FIELD_MISSING']);
    const group = await client.create('PermissionSetGroup', { DeveloperName: 'Clerks', MasterLabel: 'Clerks' });
    await client.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetGroupId: group });
  });

  it('have licenses, among them that of Loyalty Management, which a user gets once', async () => {
    const soql = "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'LoyaltyManagementPsl'";
    const [license] = (await client.query(soql)).body.records;
    const given = { AssigneeId: userId, PermissionSetLicenseId: license.Id };
    await client.create('PermissionSetLicenseAssign', given);
    const { body } = await client.post('/sobjects/PermissionSetLicenseAssign', given);
    expect(body[0].message).to.match(/^duplicate value found/);
  });
});
