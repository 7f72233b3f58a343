import { join } from 'node:path';
import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { csvFeed, journalTarget, loadMapping, parseMapping } from '../../src/feed/index.js';
import type { FeedError, JournalTarget } from '../../src/feed/index.js';
import { header, invoiceLines, readAll, stream, thrown } from './reading.js';

describe('what a local org describes', () => {
  let org: Emulator;
  let target: JournalTarget;

  before(async () => {
    org = await Emulator.start();
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'feed', clientSecret: 'none' });
    target = journalTarget(await client.sobjects.describe('TransactionJournal'));
  });

  after(() => org.stop());

  for (const example of ['harbour-feed.yml', 'online-retail.yml'])
    it(`accepts the fields of examples/${example}`, async () => {
      const mapping = await loadMapping(join(import.meta.dirname, '../../examples', example));
      csvFeed(stream(''), mapping).check?.(target);
    });

  it('keeps the days of a feed, and suggests the intended name', async () => {
    const days = parseMapping(
      `${invoiceLines}  InvoiceDate: { date: Date, format: d/M/yyyy, zone: Asia/Tokyo }\n`,
      'map.yml',
    );
    const feed = csvFeed(stream(`${header}\nI1,A,M1,2/4/2026,1,1\n`), days);
    feed.check?.(target);
    const [entry] = await readAll(feed, { target });
    expect(entry).to.have.nested.property('transaction.journal.InvoiceDate', '2026-04-02');

    const typo = parseMapping(`${invoiceLines}  PaymentMetod: Code\n`, 'map.yml');
    const error = (await thrown(() => csvFeed(stream(''), typo).check?.(target))) as FeedError;
    expect(error.message).to.match(
      /^map\.yml line 9: `journal\.PaymentMetod` is not a field .* \(did you mean PaymentMethod\?\)/,
    );
  });
});
