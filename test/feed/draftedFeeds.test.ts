import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { draftForFeed, openFeed, parseMapping, transactionsOf } from '../../src/feed/index.js';
import type { DraftForFeed } from '../../src/feed/index.js';
import { readAll, rejections } from './reading.js';

interface DraftedFeed {
  readonly title: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly zone?: string;
  /** What only a person can say. */
  readonly open: readonly string[];
  /** The draft with the decision of a person. */
  readonly decide?: (draft: string) => string;
  /** What becomes of each row: its key, type and amount. */
  readonly transactions: readonly string[];
}

const till = [
  'sep=;',
  'Bon-Nr;Karte;Datum;Art;Betrag',
  '4711;HR-1;02.04.2026 09:15;Verkauf;"1.234,50"',
  '4712;HR-2;13.04.2026 09:20;Verkauf;8,90',
  '4713;HR-1;13.04.2026 09:25;Einlösung;5,00',
].join('\r\n');

const orders = [81, 82].map((id) => ({
  order: { id, placedAt: `2026-04-0${id - 79}T09:15:00+02:00`, total: { amount: id / 10, currency: 'EUR' } },
  customer: { email: 'x@example.org', loyaltyCard: `HR-${id % 2}` },
}));

const partner = [
  ['Reference', 'Member No', 'Sold on', 'Revenue'],
  ['R1', 'HR-1', '2026-04-02', '10.00'],
  ['R2', 'HR-2', '2026-04-03', '12.50'],
]
  .map((row) => row.join('\t'))
  .join('\r\n');

const baskets = [
  { receipt: 'A1', card: 'HR-1', time: '2026-04-02T09:15:00Z', total: 3.5, items: [{ sku: 'TEA' }, { sku: 'CUP' }] },
  { receipt: 'A2', card: 'HR-2', time: '2026-04-02T09:16:00Z', total: 2, items: [] },
];

const returns = [
  'Ticket;Client;Date;Type;Montant',
  'T1;HR-1;2026-04-02 09:15;Achat;20,00',
  'T2;HR-2;2026-04-02 09:16;Achat;7,50',
  'T1;HR-1;2026-04-03 10:00;Reprise;-20,00',
  'T3;HR-1;2026-04-03 10:05;Échange;0,00',
].join('\r\n');

const feeds: readonly DraftedFeed[] = [
  {
    title: 'a German till, as Excel saves it',
    file: 'kasse.csv',
    content: Buffer.from(till, 'latin1'),
    zone: 'Europe/Berlin',
    open: [],
    transactions: ['kasse:4711 Accrual 1234.5', 'kasse:4712 Accrual 8.9', 'kasse:4713 Redemption 5'],
  },
  {
    title: 'a web shop, as nested objects',
    file: 'orders.ndjson',
    content: orders.map((order) => JSON.stringify(order)).join('\n'),
    open: [],
    transactions: ['kasse:81 Accrual 8.1', 'kasse:82 Accrual 8.2'],
  },
  {
    title: 'a partner, as UTF-16 with tabs',
    file: 'partner.tsv',
    content: Buffer.from(`\ufeff${partner}`, 'utf16le'),
    zone: 'America/New_York',
    open: [],
    transactions: ['kasse:R1 Accrual 10', 'kasse:R2 Accrual 12.5'],
  },
  {
    title: 'a JSON list with items',
    file: 'baskets.json',
    content: JSON.stringify(baskets, null, 2),
    open: [],
    decide: (draft) =>
      `${draft.replace(/ {2}TransactionAmount: .*\n/, '')}
journals:
  - name: basket
    journal: { TransactionAmount: { number: total } }
  - name: item
    each: items
    journal: { Comment: items.sku }
`,
    transactions: [
      'kasse:A1:basket Accrual 3.5',
      'kasse:A1:item:1 Accrual undefined',
      'kasse:A1:item:2 Accrual undefined',
      'kasse:A2:basket Accrual 2',
    ],
  },
  {
    title: 'a till in France with returns',
    file: 'caisse.csv',
    content: Buffer.from(returns, 'latin1'),
    zone: 'Europe/Paris',
    open: [
      'Which journal type is each of these texts of Type: Reprise (1 row), Échange (1 row)? Add them to the table, or leave such rows out with `skip`; until then, they are rejected.',
    ],
    decide: (draft) => `${draft.replace('Achat: Accrual', 'Achat: Accrual, Reprise: Manual')}skip: Type = 'Échange'\n`,
    transactions: ['kasse:T1:Achat Accrual 20', 'kasse:T2:Achat Accrual 7.5', 'kasse:T1:Reprise Manual -20'],
  },
];

describe('the draft for', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drafted-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const draft = ({ file, zone }: DraftedFeed): Promise<DraftForFeed> =>
    draftForFeed(join(folder, file), { source: 'kasse', rows: 100, zone });

  for (const feed of feeds)
    it(`${feed.title} runs as it is, or after a person has decided`, async () => {
      const path = join(folder, feed.file);
      await writeFile(path, feed.content);
      const drafted = await draft(feed);
      expect(drafted.open).to.deep.equal(feed.open);
      if (feed.open.length === 0) expect(drafted, drafted.text).to.include({ rejected: 0 });
      const text = feed.decide?.(drafted.text) ?? drafted.text;
      const entries = await readAll(await openFeed(path, parseMapping(text, 'map.yml')));
      expect(rejections(entries), text).to.deep.equal([]);
      const found = entries
        .flatMap(transactionsOf)
        .map(({ key, journal }) => `${key} ${journal['JournalTypeName']} ${journal['TransactionAmount']}`);
      expect(found, text).to.deep.equal(feed.transactions);
    });

  it('a feed with undecided types rejects their rows and sends none of them', async () => {
    const [, , , , feed] = feeds;
    await writeFile(join(folder, feed!.file), feed!.content);
    const { text, assumed } = await draft(feed!);
    const entries = await readAll(await openFeed(join(folder, feed!.file), parseMapping(text, 'map.yml')));
    expect(rejections(entries).map(({ reason, line }) => `${reason} ${line}`)).to.deep.equal([
      'not-in-table 4',
      'not-in-table 5',
    ]);
    expect(assumed).to.include(
      'Montant is negative in 1 row of the sample, and is sent so. The program must take returns.',
    );
  });
});
