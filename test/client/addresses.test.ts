import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { AddressError, LoyaltyClient, verdict } from '../../src/client/index.js';
import { safeAddress, safeInstance } from '../../src/client/transport/safeAddress.js';
import { Loopback, failureOf, json } from './loopback.js';

const token = '00D000000000001!secret.token';

describe('the address of an org', () => {
  it('that is not reached over TLS is refused before anything is sent', async () => {
    for (const instanceUrl of [
      'http://harbour.my.salesforce.com',
      'http://10.0.0.7:8080',
      'http://127.0.0.1.evil.example',
    ]) {
      const client = new LoyaltyClient(new Connection({ instanceUrl, accessToken: token }));
      const error = await failureOf(client.programs.list());
      expect(error).to.be.instanceOf(AddressError);
      expect((error as Error).message).to.contain(`The org's address ${instanceUrl} begins with http`);
      expect(verdict(error)).to.include({ kind: 'stop', nothingStored: true });
    }
  });

  it('that is not valid is refused, and the error shows no secret', async () => {
    for (const instanceUrl of ['harbour.my.salesforce.com', 'ftp://me:password@host', '/services?sid=123']) {
      const client = new LoyaltyClient(new Connection({ instanceUrl, accessToken: token }));
      const error = await failureOf(client.programs.list());
      expect(error).to.be.instanceOf(AddressError);
      expect((error as Error).message)
        .to.match(/is not the address of an org\. Nothing was sent\.$/)
        .and.to.not.match(/password|sid/);
    }
  });

  it('may be this machine without TLS', () => {
    for (const address of [
      'http://127.0.0.1:1',
      'http://localhost:8366/services',
      'http://[::1]:80',
      'https://anything.example',
    ]) {
      expect(safeAddress(address)).to.be.instanceOf(URL);
    }
  });
});

describe('the instance that a login names', () => {
  it('does not lead from TLS to http, not even on this machine', () => {
    const login = 'https://login.salesforce.com';
    expect(() => safeInstance('http://harbour.my.salesforce.com', login)).to.throw(AddressError);
    expect(() => safeInstance('http://127.0.0.1:8080', login)).to.throw(AddressError, 'begins with http');
    expect(safeInstance('https://harbour.my.salesforce.com', login)).to.equal('https://harbour.my.salesforce.com');
    expect(safeInstance('http://127.0.0.1:8080', 'http://localhost:8080')).to.equal('http://127.0.0.1:8080');
  });

  it('is not sent the token when it is reached without TLS', async () => {
    await using org = await Loopback.start((response) =>
      json(response, 200, { access_token: token, instance_url: 'http://10.0.0.7:8080' }),
    );
    const error = await failureOf(LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'a', clientSecret: 'b' }));
    expect(error).to.be.instanceOf(AddressError);
    expect(org.requests).to.have.length(1);
  });
});
