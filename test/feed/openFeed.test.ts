import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadMapping, openFeed, parseMapping } from '../../src/feed/index.js';
import { unreadable } from '../../src/feed/feedError.js';
import type { FeedError } from '../../src/feed/index.js';
import { header, invoiceLines, outcome, readAll, rejections, thrown } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');

describe('openFeed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('chooses the format by the ending of the name', async () => {
    const csv = join(folder, 'a.CSV');
    await writeFile(csv, `${header}\n1,A,M1,1/12/2010,1,1\n`);
    const json = join(folder, 'a.jsonl');
    await writeFile(json, '{"Invoice":1,"Code":"A","Member":"M1","Date":"1/12/2010","Quantity":1,"Price":1}\n');
    for (const path of [csv, json]) {
      const feed = await openFeed(path, mapping);
      expect(feed.name).to.equal(path);
      expect((await readAll(feed)).map(outcome)).to.deep.equal(['shop:1:A:1']);
    }
  });

  it('reads a file of any name if the format is given', async () => {
    const path = join(folder, 'feed.txt');
    await writeFile(path, `${header}\n1,A,M1,1/12/2010,1,1\n`);
    expect(await readAll(await openFeed(path, mapping, 'csv'))).to.have.lengthOf(1);
    const error = (await thrown(() => openFeed(path, mapping))) as FeedError;
    expect(error.code).to.equal('unknown-format');
    expect(error.actions).to.deep.equal([
      'Name the format with --format, or give the file the ending .csv, .tsv, .ndjson, .jsonl or .json.',
    ]);
  });

  it('reads standard input for -', async () => {
    expect((await openFeed('-', mapping)).name).to.equal('-');
  });

  it('says of a folder that it is one', async () => {
    const error = (await thrown(() => openFeed(folder, mapping))) as FeedError;
    expect(error.message).to.equal(`The feed ${folder} cannot be read: it is a folder.`);
    expect(error.actions.join()).to.match(/^Name the file in it/);
  });

  it('says of a file that may not be read that it is about permission', () => {
    const denied = Object.assign(new Error('Denied.'), { code: 'EACCES', path: 'a.csv' });
    expect(unreadable('The feed a.csv', denied)).to.deep.include({
      message: 'The feed a.csv cannot be read: permission is denied.',
      actions: ['Let this user read the file, and enter the folders that it is in.'],
    });
  });

  it('says which file is missing', async () => {
    const error = (await thrown(() => openFeed('nowhere.csv', mapping))) as FeedError;
    expect(error).to.include({
      code: 'file-unreadable',
      message: 'The feed nowhere.csv cannot be read: there is no such file.',
    });
  });
});

describe('examples/online-retail.yml', () => {
  it('maps invoice lines of a web shop', async () => {
    const rows = [
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      '700001,21730,"GLASS STAR, FROSTED",6,1/7/2011,2.55,17850,United Kingdom',
      '700001,21730,"GLASS STAR, FROSTED",3,1/7/2011,2.55,17850,United Kingdom',
      'C700002,21730,,-1,2/7/2011,4.125,17850,United Kingdom',
      '700003,22139,,56,2/7/2011,0,,United Kingdom',
    ];
    const folder = await mkdtemp(join(tmpdir(), 'feed-'));
    try {
      const path = join(folder, 'retail.csv');
      await writeFile(path, `\ufeff${rows.join('\r\n')}\r\n`);
      const entries = await readAll(await openFeed(path, await loadMapping('examples/online-retail.yml')));
      expect(entries.map(outcome)).to.deep.equal([
        'online-retail:700001:21730:1',
        'online-retail:700001:21730:2',
        'online-retail:C700002:21730:1',
        'missing-member',
      ]);
      expect(entries[0]).to.have.nested.property('transaction.journal').that.deep.equals({
        ActivityDate: '2011-06-30T23:00:00.000Z',
        JournalTypeName: 'Accrual',
        TransactionAmount: '15.30',
        Quantity: '6',
        Comment: 'GLASS STAR, FROSTED',
      });
      expect(entries[2]).to.have.nested.property('transaction.journal.TransactionAmount', '-4.13');
      expect(rejections(entries)[0]!.message).to.include('retail.csv line 5: CustomerID is empty');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
