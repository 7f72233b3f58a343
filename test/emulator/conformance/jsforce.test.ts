import { expect } from 'chai';
import type { Connection } from 'jsforce';
import { connectionTo, openTarget, removeAccounts, uniqueName } from './target.js';
import type { Target } from './target.js';

/** The call map of jsforce, with jsforce itself: what it sends and reads is its own affair. */
describe('Conformance: jsforce', () => {
  let target: Target;
  let connection: Connection;
  const batch = uniqueName('jsforce');
  const name = (number: number): string => `${batch} ${String(number).padStart(4, '0')}`;

  before(async () => {
    target = await openTarget();
    connection = connectionTo(target);
  });

  after(async () => {
    await removeAccounts(target, batch);
    await target.close();
  });

  const total = async (condition: string): Promise<number> =>
    (await connection.query(`SELECT COUNT() FROM Account WHERE ${condition}`)).totalSize;

  it('reads its own identity', async () => {
    const { user_id: userId, organization_id: organizationId } = await connection.identity();
    expect([userId.slice(0, 3), organizationId.slice(0, 3)]).to.deep.equal(['005', '00D']);
    expect((await connection.limits())['DailyApiRequests']).to.include.keys('Max', 'Remaining');
    expect(connection.limitInfo.apiUsage?.used).to.be.above(0);
  });

  it('creates, reads, changes and deletes one record', async () => {
    const accounts = connection.sobject('Account');
    const { id = '', success } = await accounts.create({ Name: name(0), NumberOfEmployees: 7 });
    expect(success).to.equal(true);
    expect(await accounts.retrieve(id)).to.deep.include({ Id: id, Name: name(0), NumberOfEmployees: 7 });
    expect(await accounts.update({ Id: id, NumberOfEmployees: 8 })).to.include({ id, success: true });
    expect(await accounts.findOne({ Id: id }, ['NumberOfEmployees'])).to.include({ NumberOfEmployees: 8 });
    expect(await accounts.destroy(id)).to.include({ id, success: true });
    expect(await refusal(accounts.retrieve(id))).to.include({ errorCode: 'NOT_FOUND' });
    expect(await refusal(accounts.destroy(id))).to.include({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('creates, reads, changes and deletes many', async () => {
    const accounts = connection.sobject('Account');
    const records = Array.from({ length: 201 }, (_, index) => ({ Name: name(1000 + index) }));
    const created = await accounts.create(records, { allowRecursive: true });
    expect(created.map(({ success }) => success)).to.deep.equal(records.map(() => true));
    const ids = created.map(({ id }) => id ?? '');
    const read = await accounts.retrieve(ids.slice(0, 3));
    expect(read.map((record) => record['Name'])).to.deep.equal(records.slice(0, 3).map((record) => record.Name));
    const [good, bad] = await accounts.update([
      { Id: ids[0] ?? '', Name: name(1) },
      { Id: ids[1] ?? '', Name: '' },
    ]);
    expect([good?.success, bad?.success]).to.deep.equal([true, false]);
    expect(bad?.errors[0]).to.include({ statusCode: 'REQUIRED_FIELD_MISSING' });
    const deleted = await accounts.destroy(ids, { allowRecursive: true });
    expect(deleted.every(({ success }) => success)).to.equal(true);
    expect(await total(`Name LIKE '${batch} 1%'`)).to.equal(0);
  });

  it('upserts one and many by a key', async function () {
    const { keyField } = target;
    if (keyField === undefined) this.skip();
    const accounts = connection.sobject('Account');
    const key = name(2000);
    expect(await accounts.upsert({ Name: key, [keyField]: key }, keyField)).to.include({
      success: true,
      created: true,
    });
    const both = await accounts.upsert(
      [
        { Name: key, [keyField]: key },
        { Name: name(2001), [keyField]: name(2001) },
      ],
      keyField,
    );
    expect(both.map(({ created }) => created as unknown)).to.deep.equal([false, true]);
  });

  it('fetches every page of a query', async () => {
    const accounts = connection.sobject('Account');
    const records = Array.from({ length: 2_100 }, (_, index) => ({ Name: name(3000 + index) }));
    await accounts.create(records, { allowRecursive: true });
    const soql = `SELECT Id, Name, Owner.Name, (SELECT Id FROM Contacts) FROM Account WHERE Name LIKE '${batch}%' ORDER BY Name`;
    const { records: first, done } = await connection.query(soql);
    expect([first.length < records.length, done]).to.deep.equal([true, false]);
    const all = await connection.query(soql, { autoFetch: true });
    expect(all.records.length).to.equal(all.totalSize).and.to.be.at.least(records.length);
    expect(new Set(all.records.map(({ Id }) => Id as string)).size).to.equal(all.totalSize);
    const some = await connection.query(soql, { autoFetch: true, maxFetch: 2_050 });
    expect(some.records).to.have.lengthOf(2_050);
  });

  it('describes', async () => {
    const { fields, childRelationships } = await connection.describe('Account');
    expect(fields.find(({ name: each }) => each === 'Name')).to.include({ type: 'string', nameField: true });
    expect(childRelationships.map(({ relationshipName }) => relationshipName)).to.include('Contacts');
    expect((await connection.describeGlobal()).sobjects.map(({ name: each }) => each)).to.include('Account');
  });

  it('sends a composite request whose parts build on each other', async () => {
    const base = '/services/data/v66.0/sobjects';
    const url = `${base}/Account`;
    const { compositeResponse } = await connection.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>(
      '/composite',
      {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url, referenceId: 'a', body: { Name: name(6000) } },
          { method: 'POST', url: `${base}/Contact`, referenceId: 'c', body: { LastName: 'x', AccountId: '@{a.id}' } },
          { method: 'GET', url: `${base}/Contact/@{c.id}?fields=AccountId`, referenceId: 'r' },
        ],
      },
    );
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([201, 201, 200]);
  });
});

/** jsforce's promises have a `catch` of their own kind. */
async function refusal(request: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await request;
  } catch (error) {
    return error;
  }
}
