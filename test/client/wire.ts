import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import nock from 'nock';
import { LoyaltyClient } from '../../src/client/index.js';

// It takes over all sockets from the moment it is imported; other tests want real ones.
nock.restore();

export const origin = 'https://harbour.my.salesforce.com';
export const contentType = { 'Content-Type': 'application/json;charset=UTF-8' };

/** A client of whose requests nock answers all. Each test must use every answer that it has prepared. */
export function clientOnTheWire(): LoyaltyClient {
  before(() => {
    nock.activate();
    nock.disableNetConnect();
  });

  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).to.be.empty;
  });

  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  return new LoyaltyClient(new Connection({ instanceUrl: origin, accessToken: '00D!token', version: '66.0' }));
}
