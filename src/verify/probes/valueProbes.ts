import { at, outcome } from '../probeAnswer.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { journalRecord } from './journalProbes.js';

const needs = ['program', 'members'] as const;

/** Inserts a journal with these values. Returns the answer, and the fields read back if the org accepts it. */
async function stored(org: ProbedOrg, values: Record<string, unknown>): Promise<{ answer: string; row: unknown }> {
  const inserted = await org.create('TransactionJournal', { ...journalRecord(org), ...values });
  if (inserted.status >= 300) return { answer: outcome(inserted), row: undefined };
  const id = String(at(inserted.json, 'id'));
  const fields = Object.keys(values).join(', ');
  const [row] = await org.rows(`SELECT ${fields} FROM TransactionJournal WHERE Id = '${id}'`);
  return { answer: outcome(inserted), row };
}

/** Returns a question that checks how one field is read back. */
function readBack(field: string, given: unknown, expected: unknown): Probe['ask'] {
  return async (org) => {
    const { answer, row } = await stored(org, { [field]: given });
    return row === undefined ? differs(answer) : compared(at(row, field), expected);
  };
}

function refusedAs(values: Record<string, unknown>, expected: string): Probe['ask'] {
  return async (org) => compared((await stored(org, values)).answer, expected);
}

export const valueProbes: readonly Probe[] = [
  {
    id: 'external-number-length',
    assumption: 'ExternalTransactionNumber takes as many characters as describe says, and not one more.',
    needs,
    calls: 4,
    ask: async (org) => {
      const length = await lengthOf(org, 'ExternalTransactionNumber');
      if (length === undefined) return unclear('describe names no length');
      const full = await stored(org, { ExternalTransactionNumber: org.unused().padEnd(length, 'x') });
      const more = await stored(org, { ExternalTransactionNumber: org.unused().padEnd(length + 1, 'x') });
      return compared([full.answer, more.answer], ['201', '400 STRING_TOO_LONG']);
    },
  },
  {
    id: 'text-length-counts-code-points',
    assumption: 'A text field counts at least its code points, without the white space around them.',
    needs,
    calls: 4,
    ask: async (org) => {
      const length = await lengthOf(org, 'Brand');
      if (length === undefined) return unclear('describe names no length of Brand');
      const padded = await stored(org, { Brand: `  ${'x'.repeat(length)}  ` });
      const more = await stored(org, { Brand: '😀'.repeat(length + 1) });
      return compared([padded.answer, more.answer], ['201', '400 STRING_TOO_LONG']);
    },
  },
  {
    id: 'dates-and-date-times',
    assumption: 'A date field takes yyyy-MM-dd, a date-time field an instant with its offset.',
    needs,
    calls: 2,
    ask: async (org) => {
      const values = { InvoiceDate: '2026-04-03', JournalDate: '2026-04-03T10:00:00+02:00' };
      const { answer, row } = await stored(org, values);
      if (row === undefined) return differs(answer);
      const instant = Date.parse(String(at(row, 'JournalDate')));
      return compared([at(row, 'InvoiceDate'), instant], ['2026-04-03', Date.parse('2026-04-03T08:00:00Z')]);
    },
  },
  {
    id: 'date-times-without-milliseconds',
    assumption: 'Date-times lose their milliseconds.',
    needs,
    calls: 2,
    ask: readBack('JournalDate', '2026-04-03T10:00:00.999Z', '2026-04-03T10:00:00.000+0000'),
  },
  {
    id: 'time-of-day-in-date-refused',
    assumption: 'A text with a time of day in a date field is a JSON_PARSER_ERROR; a trailing Z is dropped.',
    needs,
    calls: 3,
    ask: async (org) => {
      const refused = await stored(org, { InvoiceDate: '2026-04-03T00:00:00Z' });
      const dropped = await stored(org, { InvoiceDate: '2026-04-03Z' });
      const seen = [refused.answer, at(dropped.row, 'InvoiceDate') ?? dropped.answer];
      return compared(seen, ['400 JSON_PARSER_ERROR', '2026-04-03']);
    },
  },
  {
    id: 'days-out-of-range',
    assumption: 'Days after 4000-12-31 are refused as FIELD_INTEGRITY_EXCEPTION.',
    needs,
    calls: 1,
    ask: refusedAs({ InvoiceDate: '9999-12-31' }, '400 FIELD_INTEGRITY_EXCEPTION'),
  },
  {
    id: 'white-space-trimmed',
    assumption:
      'White space around a text is not stored; a text of white space only is null; a no-break space is kept.',
    needs,
    calls: 6,
    ask: async (org) => {
      const texts = [' x ', '  ', '\u00a0x'];
      const rows = [];
      for (const Brand of texts) rows.push(await stored(org, { Brand }));
      return compared(
        rows.map(({ row, answer }) => at(row, 'Brand') ?? (row ? null : answer)),
        ['x', null, '\u00a0x'],
      );
    },
  },
  {
    id: 'number-in-text-field',
    assumption: 'A number in a text field is a JSON_PARSER_ERROR.',
    needs,
    calls: 1,
    ask: refusedAs({ Brand: 1 }, '400 JSON_PARSER_ERROR'),
  },
  {
    id: 'decimals-rounded-half-up',
    assumption: 'Decimals are rounded half up to the scale of their field.',
    needs,
    calls: 2,
    ask: readBack('TransactionAmount', '1.005', 1.01),
  },
  {
    id: 'restricted-picklist-any-case',
    assumption: 'A restricted picklist takes its values in any case and stores its own spelling.',
    needs,
    calls: 2,
    ask: readBack('Status', 'pENDING', 'Pending'),
  },
  {
    id: 'reference-to-deleted',
    assumption: 'A reference to a deleted record is INVALID_CROSS_REFERENCE_KEY.',
    needs,
    calls: 3,
    ask: async (org) => {
      const id = await org.client.sobjects.create('Account', { Name: 'Probe' });
      await org.ask('DELETE', `/sobjects/Account/${id}`);
      return compared(outcome(await org.create('Contact', { LastName: 'Probe', AccountId: id })), crossReference);
    },
  },
  {
    id: 'auto-numbers-have-8-digits',
    assumption: 'Names of autonumber fields have eight digits.',
    needs,
    calls: 2,
    ask: async (org) => {
      const id = await org.made('TransactionJournal', journalRecord(org));
      const [row] = await org.rows(`SELECT Name FROM TransactionJournal WHERE Id = '${id}'`);
      const name = String(row?.['Name']);
      return /^\D*\d{8}$/.test(name) ? held : differs(name.replaceAll(/\d/g, '0').replaceAll(/[a-z]/gi, 'A'));
    },
  },
];

const crossReference = '400 INVALID_CROSS_REFERENCE_KEY';

async function lengthOf(org: ProbedOrg, name: string): Promise<number | undefined> {
  const { fields } = await org.client.sobjects.describe('TransactionJournal');
  return fields.find((field) => field.name === name)?.length;
}
