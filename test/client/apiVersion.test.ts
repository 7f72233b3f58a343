import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';

describe('the API version of a client', () => {
  const connection = (version: string) => ({
    instanceUrl: 'http://127.0.0.1',
    version,
    request: () => Promise.resolve(),
  });

  it('is the requested one', () => {
    expect(new LoyaltyClient(connection('67.0'), { apiVersion: '55.0' }).apiVersion).to.equal('55.0');
  });

  it("is the connection's own", () => {
    expect(new LoyaltyClient(connection('68.0')).apiVersion).to.equal('68.0');
  });

  it("is 66.0 if the connection's is too old for program processes, like jsforce's default", () => {
    expect(new LoyaltyClient(connection('50.0')).apiVersion).to.equal('66.0');
  });
});
