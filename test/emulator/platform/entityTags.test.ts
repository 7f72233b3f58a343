import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

describe('The entity tag of an account', () => {
  let org: Emulator;
  let client: RestClient;
  let path: string;
  let tag: string;

  beforeEach(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
    path = `/sobjects/Account/${await client.create('Account', { Name: 'Quay' })}`;
    tag = (await client.get(path)).headers.get('etag') ?? '';
  });

  afterEach(() => org.stop());

  const patch = (headers: Record<string, string>): Promise<Answer> =>
    client.send('PATCH', path, { Phone: '1' }, headers);
  const nameOf = async (): Promise<unknown> => (await client.get(path)).body['Phone'];

  it('stays the same until the account changes, regardless of the fields read', async () => {
    expect(tag).to.match(/^"[\w+/]{27}="$/);
    expect((await client.get(`${path}?fields=Name`)).headers.get('etag')).to.equal(tag);
    await patch({});
    expect((await client.get(path)).headers.get('etag')).to.not.equal(tag);
  });

  it('refuses a write by a client that does not know the last change, even within one second', async () => {
    expect((await patch({ 'if-match': tag })).status).to.equal(204);
    const stale = await client.send('PATCH', path, { Phone: '2' }, { 'if-match': tag });
    expect([stale.status, stale.body[0].errorCode]).to.deep.equal([412, 'PRECONDITION_FAILED']);
    expect(await nameOf()).to.equal('1');
  });

  for (const [what, header, status] of [
    ['another tag', { 'if-match': '"bogus"' }, 412],
    ['one of several', { 'if-match': '"bogus", TAG' }, 204],
    ['the tag of a compressed answer', { 'if-match': 'TAG-gzip' }, 204],
    ['any tag', { 'if-match': '*' }, 204],
    ['a tag that it must not have', { 'if-none-match': 'TAG' }, 412],
    ['another one that it must not have', { 'if-none-match': '"bogus"' }, 204],
    ['an invalid tag', { 'if-match': 'bogus' }, 400],
    ['an invalid tag that it must not have', { 'if-none-match': '"a" and "b"' }, 400],
  ] as const) {
    it(`answers ${status} to a write for ${what}`, async () => {
      const headers = Object.fromEntries(Object.entries(header).map(([name, text]) => [name, withTag(text, tag)]));
      expect((await patch(headers)).status).to.equal(status);
      expect(await nameOf()).to.equal(status === 204 ? '1' : null);
    });
  }

  it('does not resend an account that the reader already has', async () => {
    const known = await client.get(path, { 'if-none-match': tag });
    expect([known.status, known.body, known.headers.get('etag')]).to.deep.equal([304, '', tag]);
    expect((await client.get(path, { 'if-none-match': '"bogus"' })).status).to.equal(200);
    expect((await client.get(path, { 'if-match': '"bogus"' })).status).to.equal(412);
    expect((await client.get(path, { 'if-match': tag })).status).to.equal(200);
  });

  it('does not exist for other objects', async () => {
    const other = `/sobjects/Contact/${await client.create('Contact', { LastName: 'Nimbus' })}`;
    expect((await client.get(other)).headers.get('etag')).to.equal(null);
    expect((await client.send('PATCH', other, { Phone: '1' }, { 'if-match': '"bogus"' })).status).to.equal(204);
  });
});

/** `TAG-gzip` is the tag with something at its end, within the quotes. */
function withTag(text: string, tag: string): string {
  return text.replace(/TAG(-gzip)?/, (_, end = '') => tag.replace(/"$/, `${end}"`));
}
