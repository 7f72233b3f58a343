import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Files', () => {
  let org: Emulator;
  let client: RestClient;
  let account: string;
  const bytes = randomBytes(2000);

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    account = org.store.insert('Account', { Name: 'Acme' });
  });

  after(() => org.stop());

  /** @param part name of the binary part */
  const upload = async (
    path: string,
    fields: object,
    part: string,
    method = 'POST',
  ): Promise<{ status: number; body: { id: string }[] & { id: string; errorCode: string } }> => {
    const form = new FormData();
    form.append('entity', new Blob([JSON.stringify(fields)], { type: 'application/json' }));
    form.append(part, new Blob([bytes], { type: 'application/pdf' }), 'receipt.pdf');
    const response = await fetch(`${org.url}/services/data/v66.0/sobjects/${path}`, {
      ...{ method, headers: { authorization: `Bearer ${org.accessToken}` }, body: form },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? [] : JSON.parse(text) };
  };
  const download = async (url: string): Promise<{ status: number; type: string | null; bytes: Buffer }> => {
    const response = await fetch(org.url + url, { headers: { authorization: `Bearer ${org.accessToken}` } });
    const content = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type'), bytes: content };
  };

  it('are attached to a record as a part of any bytes, and read at their own address', async () => {
    const fields = { Name: 'receipt.pdf', ParentId: account, ContentType: 'application/pdf' };
    const { status, body } = await upload('Attachment', fields, 'Body');
    expect(status).to.equal(201);
    const { body: record } = await client.get(`/sobjects/Attachment/${body.id}`);
    expect(record).to.include({ BodyLength: 2000, Body: `/services/data/v66.0/sobjects/Attachment/${body.id}/Body` });
    const soql = `SELECT Body, BodyLength FROM Attachment WHERE ParentId = '${account}'`;
    expect((await client.query(soql)).body.records[0]).to.include({ Body: record.Body, BodyLength: 2000 });
    const file = await download(record.Body as string);
    expect([file.status, file.type]).to.deep.equal([200, 'application/pdf']);
    expect(file.bytes.equals(bytes)).to.equal(true);
  });

  it('replace the ones of a document', async () => {
    const folder = { Name: 'Receipts', DeveloperName: 'Receipts', AccessType: 'Public', Type: 'Document' };
    const FolderId = await client.create('Folder', folder);
    const Body = Buffer.from('old').toString('base64');
    const id = await client.create('Document', { Name: 'receipt', FolderId, Body });
    const body = `/services/data/v66.0/sobjects/Document/${id}/Body`;
    expect((await download(body)).bytes.toString()).to.equal('old');
    expect((await upload(`Document/${id}`, { Keywords: 'new' }, 'Body', 'PATCH')).status).to.equal(204);
    expect((await download(body)).bytes.equals(bytes)).to.equal(true);
    expect((await client.get(`/sobjects/Document/${id}`)).body).to.include({ Keywords: 'new', BodyLength: 2000 });
  });

  it('have versions in a document that is shown at a record, as jsforce writes them', async () => {
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const given = { PathOnClient: 'folder/receipt.pdf', FirstPublishLocationId: account };
    const { id = '' } = await connection
      .sobject('ContentVersion')
      .create({ ...given, VersionData: bytes.toString('base64') });
    const version = (await client.get(`/sobjects/ContentVersion/${id}`)).body;
    expect(version).to.include({ Title: 'receipt', FileExtension: 'pdf', FileType: 'PDF', ContentSize: 2000 });
    expect(version).to.include({ IsLatest: true, VersionNumber: '1' });
    expect((await download(version.VersionData as string)).bytes.equals(bytes)).to.equal(true);
    const links = `SELECT ContentDocument.Title, ShareType FROM ContentDocumentLink WHERE LinkedEntityId = '${account}'`;
    expect((await client.query(links)).body.records[0].ContentDocument).to.include({ Title: 'receipt' });

    const next = { PathOnClient: 'receipt.pdf', ContentDocumentId: version.ContentDocumentId as string };
    const second = await upload('ContentVersion', next, 'VersionData');
    expect(second.status).to.equal(201);
    const soql =
      'SELECT LatestPublishedVersionId, (SELECT VersionNumber, IsLatest FROM ContentVersions ORDER BY VersionNumber)';
    const [document] = (await client.query(`${soql} FROM ContentDocument`)).body.records;
    expect(document.LatestPublishedVersionId).to.equal(second.body.id);
    const versions = document.ContentVersions.records as { VersionNumber: string; IsLatest: boolean }[];
    expect(versions.map((each) => [each.VersionNumber, each.IsLatest])).to.deep.equal([
      ['1', false],
      ['2', true],
    ]);
  });

  it('come with a collection, each named by its record', async () => {
    const record = (Name: string, binaryPartName: string): object => ({
      attributes: { type: 'Attachment', binaryPartName, binaryPartNameAlias: 'Body' },
      ...{ Name, ParentId: account },
    });
    const form = new FormData();
    const collection = { records: [record('one', 'first'), record('two', 'second')] };
    form.append('collection', new Blob([JSON.stringify(collection)], { type: 'application/json' }));
    form.append('second', new Blob(['22']), '2.txt');
    form.append('first', new Blob(['1']), '1.txt');
    const response = await fetch(`${org.url}/services/data/v66.0/composite/sobjects`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${org.accessToken}` }, body: form },
    });
    const results = (await response.json()) as { id: string; success: boolean }[];
    expect(results.map(({ success }) => success)).to.deep.equal([true, true]);
    const texts = results.map(({ id }) => download(`/services/data/v66.0/sobjects/Attachment/${id}/Body`));
    expect((await Promise.all(texts)).map((file) => file.bytes.toString())).to.deep.equal(['1', '22']);
    expect((await client.get(`/sobjects/Attachment/${results[1]?.id ?? ''}`)).body.BodyLength).to.equal(2);
  });

  it('are refused where they do not belong', async () => {
    const { status, body } = await upload('Account', { Name: 'Pier' }, 'Body');
    expect([status, body[0]])
      .to.deep.include(400)
      .and.to.deep.include({ ...body[0], errorCode: 'INVALID_FIELD' });
    expect((await download(`/services/data/v66.0/sobjects/Attachment/00P9z0000000001AAA/Body`)).status).to.equal(404);
  });
});
