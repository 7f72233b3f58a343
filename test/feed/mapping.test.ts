import { expect } from 'chai';
import { z } from 'zod';
import { csvFeed, loadMapping, MappingFile, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry, FeedError } from '../../src/feed/index.js';
import { header, invoiceLines, readAll, rejections, stream, thrown } from './reading.js';

const columnsOfMapping = invoiceLines.trimStart();

async function errorOf(text: string, source?: string): Promise<FeedError> {
  return (await thrown(() => parseMapping(text, 'map.yml', { source }))) as FeedError;
}

/** Reads one row with further fields in the mapping. */
async function read(fields: string, cells = 'I1,A,M1,1/12/2010,2,1.50'): Promise<FeedEntry> {
  const [entry] = await readAll(
    csvFeed(stream(`${header}\n${cells}\n`), parseMapping(`${invoiceLines}${fields}`, 'map.yml')),
  );
  return entry!;
}

async function fieldOf(rule: string, cells?: string): Promise<unknown> {
  const entry = await read(`  Field__c: ${rule}\n`, cells);
  return entry.kind === 'transaction' ? entry.transaction.journal['Field__c'] : rejections([entry])[0]!.message;
}

describe('the mapping file', () => {
  describe('makes a field', () => {
    for (const [rule, expected] of [
      ['Code', 'A'],
      ['{ column: Code }', 'A'],
      ['{ value: Shop }', 'Shop'],
      ['{ value: 12 }', 12],
      ['{ value: true }', true],
      ['{ number: Price }', '1.5'],
      ['{ number: Price, decimals: 3 }', '1.500'],
      ['{ multiply: [Quantity, Price, Price] }', '4.5'],
      ['{ multiply: [Price, 0.01], decimals: 3 }', '0.015'],
      ['{ multiply: [Price, -1] }', '-1.5'],
      ['{ multiply: [Price, 1e-7] }', '0.00000015'],
      ['{ date: Date, format: d/M/yyyy, zone: Asia/Tokyo }', '2010-11-30T15:00:00.000Z'],
      ['{ expression: "$lowercase(Code) & Quantity" }', 'a2'],
      ['{ expression: "$number(Quantity) + 1" }', 3],
      ['{ expression: "$exists(Nowhere) ? Nowhere" }', undefined],
      ['{ expression: "$sum([1, 2].($ + 1)) & $.Code & $$.Code" }', '5AA'],
      ['{ expression: "($f := function($x) { $x & Code }; $f(Member))" }', 'M1A'],
      ['{ expression: "null" }', undefined],
    ] as const)
      it(`by ${rule}`, async () => expect(await fieldOf(rule)).to.equal(expected));

    it('from a day and a time in two columns, and needs both', async () => {
      const mapping = `${invoiceLines}  Field__c: { date: [Date, Time], format: d/M/yyyy H:mm, zone: Asia/Tokyo }`;
      const lines = stream(`${header},Time\nI1,A,M1,1/12/2010,2,1,\n`);
      const [entry] = rejections(await readAll(csvFeed(lines, parseMapping(mapping, 'map.yml'))));
      expect(entry).to.include({ column: 'Time', reason: 'missing-value' });
      const rule = '{ date: [Date, Code], format: d/M/yyyy H:mm, zone: Asia/Tokyo }';
      expect(await fieldOf(rule, 'I1,9:30,M1,1/12/2010,2,1')).to.equal('2010-12-01T00:30:00.000Z');
      expect(await fieldOf(rule, 'I1,25:30,M1,1/12/2010,2,1')).to.include('[Date, Code] "1/12/2010 25:30"');
    });

    for (const [rule, issue] of [
      ['{ multiply: [2, 0.01] }', '`multiply` names no column'],
      ['{ date: [Date, Code], format: excel, zone: UTC }', 'a date that is a number is in one column'],
    ] as const)
      it(`not by ${rule}`, async () => {
        expect(await thrown(() => fieldOf(rule)))
          .to.have.property('message')
          .that.includes(issue);
      });

    for (const [source, column, meant] of [
      ['Cod', 'Cod', 'Code'],
      ['$uppercase(quantity)', 'quantity', 'Quantity'],
      ['$.Cod', 'Cod', 'Code'],
      ['[1].($$.Cod)', 'Cod', 'Code'],
      ['Code & ($x := Nowhere; $x)', 'Nowhere', undefined],
      ["$map(['a'], function($v) { $v & Cod })", 'Cod', 'Code'],
    ] as const)
      it(`not by ${source}, since there is no such column`, async () => {
        const mapping = parseMapping(`${invoiceLines}  Field__c:\n    expression: >-\n      ${source}\n`, 'map.yml');
        const error = await thrown(() => readAll(csvFeed(stream(`${header}\nI1,A,M1,1/12/2010,2,1\n`), mapping)));
        expect(error).to.have.property('code', 'missing-column');
        expect((error as FeedError).message)
          .to.match(/^map\.yml line \d+: the expression of Field__c names the column /)
          .and.include(`the column ${column} (at character`)
          .and.include(meant === undefined ? 'does not have' : `did you mean ${meant}?`);
      });

    it('by names that are no columns of the row, which are left alone', async () => {
      expect(await fieldOf("{ expression: \"$string(({ 'a': [{ 'b': 1 }] }).a[b = 1].b)\" }")).to.equal('1');
      expect(await fieldOf('{ expression: "[{ \'b\': 2 }].(b + 1)" }')).to.equal(3);
    });

    it('only if the column is not empty', async () => {
      expect(await read('  Field__c: Price\n  Other__c: Member\n', 'I1,A,M1,1/12/2010,2,1')).to.have.nested.property(
        'transaction.journal.Field__c',
        '1',
      );
      const entry = await readAll(
        csvFeed(
          stream(`${header},Note\nI1,A,M1,1/12/2010,2,1, \n`),
          parseMapping(`${invoiceLines}  Comment: Note\n`, 'map.yml'),
        ),
      );
      expect(entry[0]).to.have.property('kind', 'transaction');
      expect(entry[0]).not.to.have.nested.property('transaction.journal.Comment');
    });

    it('unless its expression fails or gives no scalar', async () => {
      expect(await fieldOf('{ expression: "Quantity * 2" }')).to.match(
        /the expression of Field__c fails: The left side of the "\*" operator must evaluate to a number \(at character 10\)/,
      );
      expect(await fieldOf('{ expression: "[1, 2]" }')).to.match(/the expression of Field__c gives a list, not text/);
      expect(await fieldOf('{ expression: "{}" }')).to.match(/gives a object|gives an? object/);
    });
  });

  it('makes ActivityDate an instant, whatever its rule', async () => {
    const byRule = async (rule: string, date: string): Promise<unknown> => {
      const text = invoiceLines.replace(/ActivityDate: .*/, `ActivityDate: ${rule}`);
      const [entry] = await readAll(csvFeed(stream(`${header}\nI1,A,M1,${date},1,1\n`), parseMapping(text, 'map.yml')));
      return entry!.kind === 'transaction'
        ? entry!.transaction.journal['ActivityDate']
        : rejections([entry!])[0]!.message;
    };
    expect(await byRule('Date', '2026-03-29T14:00+02:00')).to.equal('2026-03-29T12:00:00.000Z');
    expect(await byRule('{ expression: Date }', '2026-03-29T14:00+02:00')).to.equal('2026-03-29T12:00:00.000Z');
    expect(await byRule('{ value: 2026-03-29T14:00Z }', '')).to.equal('2026-03-29T14:00:00.000Z');
    expect(await byRule('Date', '2026-03-29')).to.match(/Date "2026-03-29" has no offset/);
    expect(await byRule('{ expression: Date }', '29.3.2026')).to.match(
      /the expression of ActivityDate gives "29\.3\.2026", which is not an ISO 8601 date/,
    );
    expect(await byRule('{ expression: "$exists(Nowhere) ? Nowhere" }', '')).to.match(/ActivityDate would be empty/);
  });

  it('skips rows for which its expression is true', async () => {
    const skip = "skip: $contains(Code, 'POST')\n";
    expect(await read(skip, 'I1,POST,,,,')).to.have.property('kind', 'skipped');
    expect(await read(skip)).to.have.property('kind', 'transaction');
    expect(rejections([await read('skip: Code\n')])[0]!.message).to.match(
      /the expression of skip gives "A", not true or false/,
    );
    expect(rejections([await read('skip: Code * 2\n')])[0]!.message).to.match(/the expression of skip fails: /);
  });

  it('accepts a key of one column, of several, or of several that repeat', () => {
    const keys = ['Code', '[Code]', '{ columns: [Code] }'].map(
      (key) => parseMapping(columnsOfMapping.replace(/key: .*/, `key: ${key}`), 'map.yml').key,
    );
    expect(keys).to.deep.equal(Array(3).fill({ columns: ['Code'] }));
  });

  it('has its source replaced if the caller gives another one', async () => {
    expect(parseMapping(invoiceLines, 'map.yml', { source: 'till-7' }).source).to.equal('till-7');
    expect(parseMapping(invoiceLines.replace('source: shop', ''), 'map.yml', { source: 'till-7' }).source).to.equal(
      'till-7',
    );
    const error = await errorOf(invoiceLines, 'till 7');
    expect(error.message).to.equal(
      'The source cannot be "till 7": it must be a name without spaces, colons and percent signs.',
    );
  });

  it('decides whether repeated lines are one event', () => {
    const repeats = (more: string): unknown => {
      const mapping = parseMapping(`${invoiceLines}${more}`, 'map.yml');
      expect(csvFeed(stream(''), mapping).repeats).to.equal(mapping.repeats);
      return mapping.repeats;
    };
    expect(['', 'repeats: refuse\n', 'repeats: accept\n'].map(repeats)).to.deep.equal(['refuse', 'refuse', 'accept']);
  });

  describe('is refused with the line and the key', () => {
    const edited = (from: RegExp | string, to: string): string => columnsOfMapping.replace(from, to);
    const cases: readonly [name: string, text: string, message: string, action?: string][] = [
      [
        'for an unknown key',
        edited('member', 'membr'),
        'map.yml line 3: `membr` is not a key of a mapping.',
        'Write `member` instead of `membr`.',
      ],
      [
        'for an unknown key of a field',
        edited('format', 'fromat'),
        'map.yml line 5: `journal.ActivityDate.fromat` is not a key of a mapping.',
        'Write `format` instead of `fromat`.',
      ],
      [
        'for an unknown kind of field',
        edited('multiply', 'times'),
        'map.yml line 7: `journal.TransactionAmount.times` is not a key of a mapping.',
        'Use one of column, value, date, number, multiply, translate, expression, sum, count, min, max, first, last, join.',
      ],
      [
        'for an unknown key of the key',
        edited('occurrenceWithin', 'occurenceWithin'),
        'map.yml line 2: `key.occurenceWithin` is not a key of a mapping.',
        'Write `occurrenceWithin` instead of `occurenceWithin`.',
      ],
      ['for a missing key', edited(/member: .*\n/, ''), 'map.yml line 1: the mapping needs the key `member`.'],
      [
        'for a missing field',
        edited(/ {2}JournalTypeName.*\n/, ''),
        'map.yml line 4: `journal` needs the key `JournalTypeName`.',
      ],
      [
        'for a group that is not in the key',
        edited('occurrenceWithin: Invoice', 'occurrenceWithin: Member'),
        'map.yml line 2: `key.occurrenceWithin` is "Member", which is not one of the columns of the key.',
      ],
      [
        'for a field that is filled already',
        `${columnsOfMapping}  MembershipNumber: Member\n`,
        'map.yml line 8: `journal.MembershipNumber` is filled from `member`.',
        'Remove it from the mapping.',
      ],
      [
        'for a field that is filled already, in other capitals',
        `${columnsOfMapping}  memberid: Member\n`,
        'map.yml line 8: `journal.memberid` is filled from `member`.',
        'Remove it from the mapping.',
      ],
      [
        'for the same field twice in different capitals',
        `${columnsOfMapping}  Comment: Code\n  comment: Member\n`,
        'map.yml line 9: `journal.comment` is the same field as Comment: case is ignored.',
        'Remove one of the two.',
      ],
      [
        'for a field that is needed, in other capitals',
        edited('ActivityDate', 'activityDate'),
        'map.yml line 4: `journal` needs the key `ActivityDate`.',
        'Write `ActivityDate` instead of `activityDate`.',
      ],
      [
        'for an unknown way to treat repeated lines',
        `${columnsOfMapping}repeats: ignore\n`,
        'map.yml line 8: `repeats` cannot be "ignore": Invalid option: expected one of "refuse"|"accept".',
      ],
      [
        'for a number where a column is meant',
        edited('member: Member', 'member: 12'),
        'map.yml line 3: `member` cannot be 12: it names columns, or is an object with expression.',
      ],
      [
        'for a list where a field is meant',
        `${columnsOfMapping}  Comment: [a]\n`,
        'map.yml line 8: `journal.Comment` cannot be ["a"]: it names columns, or is an object with one of column, value, date, number, multiply, translate, expression, sum, count, min, max, first, last, join.',
      ],
      [
        'for a single factor',
        edited('[Quantity, Price]', '[Price]'),
        'map.yml line 7: `journal.TransactionAmount.multiply` cannot be ["Price"]: Too small: expected array to have >=2 items.',
      ],
      [
        'for a format that is not a date',
        edited('d/M/yyyy', 'dd/mm/yyyy'),
        'map.yml line 5: `journal.ActivityDate` cannot be used: the format "dd/mm/yyyy" does not name year, month and day (d is the day, M the month, m the minute, yyyy the year).',
      ],
      [
        'for a format without a zone',
        edited(', zone: Europe/London', ''),
        'map.yml line 5: `journal.ActivityDate` cannot be used: dates in the format "d/M/yyyy" have no offset, so they need a `zone`.',
      ],
      [
        'for an unknown zone',
        edited('Europe/London', 'Europe/Londn'),
        'map.yml line 5: `journal.ActivityDate` cannot be used: there is no time zone "Europe/Londn"; did you mean Europe/London?',
      ],
      [
        'for a broken expression',
        `${columnsOfMapping}  Brand: { expression: "a[" }\n`,
        'map.yml line 8: `journal.Brand` cannot be used: the expression is not JSONata: Expected "]" before end of expression (at character 2).',
      ],
      [
        'for a function that JSONata does not have',
        `${columnsOfMapping}  Brand: { expression: "$upercase(Code)" }\n`,
        'map.yml line 8: `journal.Brand` cannot be used: the expression uses $upercase (at character 9), which neither JSONata nor the expression defines; did you mean $uppercase?',
      ],
      [
        'for a function that is only handed on',
        `${columnsOfMapping}skip: Code ~> $trimm\n`,
        'map.yml line 8: `skip` cannot be used: the expression uses $trimm (at character 14), which neither JSONata nor the expression defines; did you mean $trim?',
      ],
      [
        'for an expression whose result may change',
        `${columnsOfMapping}skip: $random() > 0.5\n`,
        'map.yml line 8: `skip` cannot be used: the expression uses $random, which may give another result the next time the row is read.',
      ],
      [
        'for an impossible delimiter',
        `${columnsOfMapping}delimiter: '"'\n`,
        'map.yml line 8: `delimiter` cannot be "\\"": it must be one character that is neither a quote nor a line end.',
      ],
      [
        'for the same key twice',
        `${columnsOfMapping}member: Code\n`,
        'map.yml line 8, column 1: has the name `member` a second time: it is already in line 3.',
      ],
      [
        'for text that is not YAML',
        'a: [',
        'map.yml line 1, column 5: is neither YAML nor JSON: Flow sequence in block collection must be sufficiently indented and end with a ].',
      ],
      [
        'for a quote that is not closed, where it opens',
        `${columnsOfMapping}  Comment: "x\n  Item__c: Code\n`,
        'map.yml line 8, column 12: opens a quote that is never closed.',
      ],
      [
        'for a quote that is not closed in braces',
        `${columnsOfMapping}  Comment: { expression: '$uppercase(Code) }\n`,
        'map.yml line 8, column 26: opens a quote that is never closed.',
      ],
      [
        'for text that is not a mapping',
        'just text',
        'map.yml line 1: a mapping has the keys source, key, member and journal.',
      ],
    ];
    for (const [name, text, message, action] of cases)
      it(name, async () => {
        const error = await errorOf(text);
        expect(error).to.include({ name: 'FeedError', code: 'mapping-invalid', message });
        expect(error.actions).to.have.lengthOf(1);
        if (action !== undefined) expect(error.actions).to.deep.equal([action]);
      });

    it('if there is no such file', async () => {
      const error = (await thrown(() => loadMapping('nowhere/map.yml'))) as FeedError;
      expect(error).to.include({
        code: 'file-unreadable',
        message: 'The mapping nowhere/map.yml cannot be read: there is no such file.',
      });
    });
  });

  it('has a JSON Schema that says what every key is for', () => {
    const schema = z.toJSONSchema(MappingFile, { target: 'draft-7' }) as {
      anyOf: { properties: Record<string, { description?: string }> }[];
    };
    for (const { properties } of schema.anyOf)
      for (const [key, { description }] of Object.entries(properties)) expect(description, key).to.be.a('string');
  });
});
