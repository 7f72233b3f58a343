import { Connection } from '@jsforce/jsforce-node';
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrollLines } from '../../src/cli/enrollmentFile.js';
import { LoyaltyApiError, LoyaltyClient } from '../../src/client/index.js';
import { readMemberNumbers } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const program = 'Harbour Rewards';
const header = '"line","key","status","memberId","memberPromotionId","code","message"\n';

describe('a file of members of a promotion', () => {
  let shop: Shop;
  let folder: string;

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    folder = await mkdtemp(join(tmpdir(), 'loyalty-enrollments-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await shop[Symbol.asyncDispose]();
  });

  const withFile = async (content: string): Promise<string> => {
    const file = join(folder, 'members.csv');
    await writeFile(file, content);
    return file;
  };

  async function enroll(file: string, more: { resultsFile?: string; delimiter?: string } = {}) {
    const { accessToken, url: instanceUrl } = shop.org;
    const client = new LoyaltyClient(new Connection({ instanceUrl, accessToken, version: '66.0' }));
    const { Id: promotionId } = await client.promotions.get(program, 'Bring your own mug');
    const wanted = { promotionId, processName: 'EnrollInPromotion', isEnrolled: true };
    const { resultsFile, delimiter } = more;
    const given = { program, wanted, file, delimiter, resultsFile, read: readMemberNumbers };
    return enrollLines(client, given, (status) => status);
  }

  it('is not replaced by the results', async () => {
    const content = 'membershipNumber\nHR-100001\n';
    const file = await withFile(content);
    const error = await failureOf(enroll(file, { resultsFile: join(folder, '.', 'members.csv') }));
    if (!(error instanceof SfError)) throw error;
    expect([error.message, error.exitCode]).to.deep.equal([`--results-file: "${file}" is the file of the members.`, 2]);
    expect(await readFile(file, 'utf8')).to.equal(content);
    expect(shop.org.store.find('LoyaltyProgramMbrPromotion', {})).to.deep.equal([]);
  });

  it('can have another delimiter', async () => {
    const enrolled = await enroll(await withFile('name;membershipNumber\nA;HR-100001\n'), { delimiter: ';' });
    expect(enrolled.map(({ line, key, status }) => [line, key, status])).to.deep.equal([[2, 'HR-100001', 'changed']]);
  });

  it('is left when the org takes no more calls today', async () => {
    shop.org.faults.add({ fault: 'quota', match: { method: 'POST' } });
    const resultsFile = join(folder, 'results.csv');
    const file = await withFile('membershipNumber\nHR-100001\nHR-100002\n');
    const error = await failureOf(enroll(file, { resultsFile }));
    expect(error).to.be.instanceOf(LoyaltyApiError).with.property('errorCode', 'REQUEST_LIMIT_EXCEEDED');
    expect(await readFile(resultsFile, 'utf8')).to.equal(header);
  });
});
