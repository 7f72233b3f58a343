import { expect } from 'chai';
import fc from 'fast-check';
import {
  csvFeed,
  endedGroupsInMemory,
  journalTarget,
  ndjsonFeed,
  ObjectRows,
  parseMapping,
} from '../../src/feed/index.js';
import type { FeedEntry, FeedPosition } from '../../src/feed/index.js';
import { chunked, outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';

const till = `
source: till
key: Receipt
member: Card
journal:
  ActivityDate: At
journals:
  - name: purchase
    when: Amount != '0'
    journal:
      JournalTypeName: { value: Accrual }
      TransactionAmount: { number: Amount }
  - name: points
    when: $exists(Points) and Points != ''
    journal:
      JournalTypeName: { value: Redemption }
      TransactionAmount: { number: Points }
      Comment: { expression: "'redeemed ' & Points" }
`;
const mapping = parseMapping(till, 'map.yml');
const at = '2026-04-02T09:15:00Z';

function csv(...rows: string[]): AsyncIterable<Uint8Array> {
  return stream(['Receipt,Card,At,Amount,Points', ...rows].join('\n'));
}

const shop = `
source: shop
key: id
member: card
journal:
  ActivityDate: at
journals:
  - name: order
    journal:
      JournalTypeName: { value: Accrual }
      TransactionAmount: { number: total }
  - name: line
    each: cart.items
    when: cart.items.sku != 'BAG'
    journal:
      JournalTypeName: { value: Accrual }
      TransactionAmount: { multiply: [cart.items.price, cart.items.count] }
      Comment: { expression: cart.items.sku & '/' & cart.items.count }
`;
const shopMapping = parseMapping(shop, 'map.yml');

function order(id: string, items: unknown, total: unknown = 1): string {
  return JSON.stringify({ id, card: 'HR-1', at, total, cart: { items } });
}

async function shopEntries(...lines: string[]): Promise<FeedEntry[]> {
  return await readAll(ndjsonFeed(stream(lines.join('\n')), shopMapping));
}

describe('several journals of a row', () => {
  it('are those whose conditions are met; a row without any is skipped', async () => {
    const rows = [`1,HR-1,${at},10.50,`, `2,HR-1,${at},10.50,300`, `3,HR-1,${at},0,300`, `4,HR-1,${at},0,`];
    const entries = await readAll(csvFeed(csv(...rows), mapping));
    expect(entries.map(outcome)).to.deep.equal([
      'till:1:purchase',
      'till:2:purchase till:2:points',
      'till:3:points',
      'skipped',
    ]);
    const ActivityDate = '2026-04-02T09:15:00.000Z';
    expect(entries[1]).to.deep.equal({
      kind: 'transactions',
      line: 3,
      transactions: [
        {
          key: 'till:2:purchase',
          member: 'HR-1',
          journal: { ActivityDate, JournalTypeName: 'Accrual', TransactionAmount: '10.5' },
        },
        {
          key: 'till:2:points',
          member: 'HR-1',
          journal: { ActivityDate, JournalTypeName: 'Redemption', TransactionAmount: '300', Comment: 'redeemed 300' },
        },
      ],
    });
  });

  it('are none if one of them cannot be made, and the reason names it', async () => {
    const entries = await readAll(csvFeed(csv(`1,HR-1,${at},10.50,many`), mapping));
    expect(entries.map(outcome)).to.deep.equal(['unreadable-number']);
    expect(rejections(entries)[0]).to.include({
      column: 'Points',
      value: 'many',
      message:
        '- line 2: in the journal points, Points "many" is not a decimal number such as -15.30; correct the line and read the file again.',
    });
  });

  it('do not fail because of a journal whose condition is not met', async () => {
    const text = till.replace("'redeemed ' & Points", '$number(Amount) / 0 & $error(Points)');
    const entries = await readAll(csvFeed(csv(`1,HR-1,${at},10.50,`), parseMapping(text, 'map.yml')));
    expect(entries.map(outcome)).to.deep.equal(['till:1:purchase']);
  });

  it('cannot be made if a condition is neither true nor false', async () => {
    const text = till.replace("Amount != '0'", 'Amount');
    const entries = await readAll(csvFeed(csv(`1,HR-1,${at},10.50,`), parseMapping(text, 'map.yml')));
    expect(rejections(entries)[0]!.message).to.include(
      'in the journal purchase, the expression of when gives "10.50", not true or false',
    );
  });

  it('are numbered with their row', async () => {
    const text = till.replace('key: Receipt', 'key: { columns: [Receipt], occurrenceWithinFeed: true }');
    const rows = [`1,HR-1,${at},1,2`, `2,HR-1,${at},1,`, `1,HR-1,${at},1,`];
    const entries = await readAll(csvFeed(csv(...rows), parseMapping(text, 'map.yml')));
    expect(entries.map(outcome)).to.deep.equal([
      'till:1:1:purchase till:1:1:points',
      'till:2:1:purchase',
      'till:1:2:purchase',
    ]);
  });

  describe('of a list', () => {
    it('are one of each element that meets the condition, numbered by its place in the list', async () => {
      const items = [
        { sku: 'TEA', price: 1.1, count: 3 },
        { sku: 'BAG', price: 'free', count: 1 },
        { sku: 'CUP', price: 2, count: 1 },
      ];
      const [entry] = await shopEntries(order('1', items));
      expect(outcome(entry!)).to.equal('shop:1:order shop:1:line:1 shop:1:line:3');
      const [, first] = entry?.kind === 'transactions' ? entry.transactions : [];
      expect(first!.journal).to.include({ TransactionAmount: '3.3', Comment: 'TEA/3' });
    });

    it('are none if there is no list', async () => {
      const lines = [order('1', null), JSON.stringify({ id: '2', card: 'HR-1', at, total: 1 }), order('3', [])];
      expect((await shopEntries(...lines)).map(outcome)).to.deep.equal([
        'shop:1:order',
        'shop:2:order',
        'shop:3:order',
      ]);
    });

    it('keep decimals as they are written', async () => {
      const line = order('1', []).replace('[]', '[{"sku":"TEA","price":0.10,"count":12345678901234567890}]');
      const [entry] = await shopEntries(line);
      expect(entry!).to.have.nested.property('transactions[1].journal').that.includes({
        TransactionAmount: '1234567890123456789',
        Comment: 'TEA/12345678901234567000',
      });
    });

    it('reject the row with the element that cannot be used', async () => {
      const good = { sku: 'TEA', price: 1, count: 3 };
      const messages = rejections(
        await shopEntries(
          order('1', [good, { ...good, price: '1,5' }]),
          order('2', [good, { ...good, price: { net: 1 } }]),
          order('3', 'TEA'),
          order(
            '4',
            Array.from({ length: 1001 }, () => good),
          ),
        ),
      ).map(({ message }) => message);
      expect(messages[0]).to.include('in the journal line:2, cart.items.price "1,5" is not a decimal number');
      expect(messages[1]).to.include('in the journal line:2, cart.items.price is an object with the keys net');
      expect(messages[2]).to.include('in the journal line, cart.items is not a list');
      expect(messages[3]).to.include('in the journal line, cart.items has 1001 elements, but at most 1000');
    });

    it('are refused for a table, before anything is read', async () => {
      const error = await thrown(() => readAll(csvFeed(stream('id,card,at,total\n'), shopMapping)));
      expect(error).to.have.property(
        'message',
        'map.yml line 13: `journals.1.each` names the list cart.items, but a row of - has cells, not lists.',
      );
    });

    it('end the reading when an expression takes too long for too many elements', async () => {
      const slow = shop.replace("cart.items.sku != 'BAG'", "'$exists($match(cart.items.sku, /^(a+)+$/))'");
      const items = [{ sku: `${'a'.repeat(40)}b`, price: 1, count: 1 }];
      const lines = [order('1', []), order('2', items), order('3', items), order('4', items), ''].join('\n');
      const found: string[] = [];
      const error = await thrown(async () => {
        const feed = ndjsonFeed(stream(lines), parseMapping(slow, 'map.yml'));
        const expressionLimits = { seconds: 0.2, rows: 2 };
        for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), expressionLimits }))
          found.push(...entries.map(outcome));
      });
      expect(found).to.deep.equal(['shop:1:order', 'expression-stopped', 'expression-stopped']);
      expect(error)
        .to.have.property('message')
        .that.includes('map.yml line 14: `journals.1.when` is an expression that');
    });
  });

  it('are the same however the bytes are split, and from any row on', async () => {
    const item = fc.record({
      sku: fc.constantFrom('TEA', 'BAG'),
      price: fc.constantFrom<unknown>(1, 0.5, 'x'),
      count: fc.nat(3),
    });
    const line = fc
      .tuple(fc.constantFrom('1', '2'), fc.array(item, { maxLength: 3 }))
      .map(([id, items]) => order(id, items));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        async (lines, cuts) => {
          const bytes = Buffer.from(lines.join('\n'));
          const feed = () => ndjsonFeed(chunked(bytes, cuts), shopMapping);
          const whole = await readAll(ndjsonFeed(stream(bytes), shopMapping));
          expect(whole).to.have.lengthOf(lines.length);
          const entries: FeedEntry[] = [];
          let from: FeedPosition | undefined;
          while (entries.length < whole.length) {
            const part = await readPart(feed(), { from, limit: 1 });
            entries.push(...part.entries);
            from = part.position;
          }
          expect(entries).to.deep.equal(whole);
          expect(await readAll(feed())).to.deep.equal(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  describe('are refused with the line and the key', () => {
    const cases: readonly [name: string, text: string, message: string][] = [
      ['for a field that a journal lacks', till.replace('  ActivityDate: At\n', '  Comment: At\n'), 'map.yml line 10: `journals.0.journal` needs the key `ActivityDate`, here or in the `journal` of all.'],
      ['for the same name twice', till.replace('name: points', 'name: Purchase'), 'map.yml line 13: `journals.1.name` is "Purchase" again: the name ends the key, whose case is ignored.'],
      ['for a name with a colon', till.replace('name: points', 'name: "a:b"'), 'map.yml line 13: `journals.1.name` cannot be "a:b": it must be a name of letters, digits, hyphens and underscores.'],
      ['for an unknown key', till.replace('when: Amount', 'whn: Amount'), 'map.yml line 9: `journals.0.whn` is not a key of a mapping.'],
      ['for an unknown kind of field', till.replace('{ number: Amount }', '{ numbr: Amount }'), 'map.yml line 12: `journals.0.journal.TransactionAmount.numbr` is not a key of a mapping.'],
      ['for a condition that is no expression', till.replace("Amount != '0'", '"(Amount"'), 'map.yml line 9: `journals.0.when` cannot be used: the expression is not JSONata'],
    ]; // prettier-ignore
    for (const [name, text, message] of cases)
      it(name, () => expect(() => parseMapping(text, 'map.yml')).to.throw(message));
  });

  it('name the columns that a table must have', async () => {
    const text = 'Receipt,Card,At,Amount\n';
    const error = await thrown(() => readAll(csvFeed(stream(text), mapping)));
    expect(error).to.have.property('message').that.includes('map.yml line 17 names the column Points');
    const wrong = parseMapping(till.replace("Amount != '0'", "Amont != '0'"), 'map.yml');
    expect(await thrown(() => readAll(csvFeed(csv(), wrong))))
      .to.have.property('message')
      .that.includes('map.yml line 9: the expression of when names the column Amont');
  });

  it('are not made of a row that is pushed', () => {
    const target = journalTarget({ fields: [] } as never);
    expect(() => new ObjectRows(mapping, { target, name: 'push' })).to.throw('makes several journals of a row');
  });
});
