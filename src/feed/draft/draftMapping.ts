import { whichColumn } from '../mapping/checkColumns.js';
import { oneOrList } from '../mapping/oneOrList.js';
import { amountPart } from './amountPart.js';
import { bestColumn, columnProfiles } from './columnProfile.js';
import type { ColumnProfile } from './columnProfile.js';
import { databasePart } from './databasePart.js';
import { dateColumnsOf } from './dateColumns.js';
import type { DateColumns } from './dateColumns.js';
import { draftKey } from './draftKey.js';
import type { KeyDraft } from './draftKey.js';
import type { Part } from './draftPart.js';
import { draftType } from './draftType.js';
import type { FeedSample } from './feedSample.js';
import { groupPart } from './groupPart.js';
import { receiptLinesOf } from './receiptLines.js';
import { typePart } from './typePart.js';
import { yamlText } from './yamlText.js';

/** A mapping that was made from a sample. */
export interface MappingDraft {
  /** The mapping file, with a comment at what is not sure. */
  readonly text: string;
  /** What was assumed, each as a sentence: a person should look at it. */
  readonly assumed: readonly string[];
  /** What only a person can say, each as a sentence: the mapping cannot be used before. */
  readonly open: readonly string[];
}

export interface DraftOptions {
  /** First part of every key. */
  readonly source: string;
  /** IANA zone of dates without an offset. */
  readonly zone?: string | undefined;
}

const memberNames = /member|customer|card|loyalty|karte|kunde|klant|client|socio|user|person|buyer/i;

/** Drafts a mapping from the first rows of a feed. Every column stays a column of the feed: nothing is made up. */
export function draftMapping(sample: FeedSample, { source, zone }: DraftOptions): MappingDraft {
  const profiles = columnProfiles(sample);
  const date = dateColumnsOf(profiles);
  const rest = without(profiles, date?.columns ?? []);
  const member = bestColumn(rest, memberNames, ({ dates }) => dates.length === 0);
  const receipt = sample.database ? undefined : receiptLinesOf(without(rest, [member]), member);
  const amount = amountPart(without(rest, [member]), receipt);
  const used = [...(date?.columns ?? []), member, ...amount.columns];
  const type = draftType(without(profiles, used));
  const key = draftKey(without(profiles, used), {
    rows: sample.rows.length,
    member: member?.name,
    type: type?.column,
  });
  const parts = [
    headPart(sample, source),
    databasePart(sample, whichColumn),
    keyPart(sample.database ? withoutNumbers(key) : key),
    amount.open === undefined ? groupPart(receipt, amount) : { lines: [] },
    memberPart(member),
    { lines: ['journal:'] },
    datePart(date, zone),
    typePart(type),
    amount,
    nestedPart(sample),
  ];
  return {
    text: parts.flatMap(partText).join('\n') + '\n',
    assumed: parts.flatMap(({ assumed = [] }) => assumed),
    open: parts.flatMap(({ open }) => open ?? []),
  };
}

/** Rows of a table are not numbered. */
function withoutNumbers(key: KeyDraft): KeyDraft {
  return key.occurrenceWithin === undefined ? key : { columns: [] };
}

function partText({ lines, assumed = [], open }: Part): string[] {
  const [first = '', ...others] = lines;
  const indent = /^ */.exec(first)?.[0] ?? '';
  const comments = open === undefined ? assumed.map((each) => `# Check: ${each}`) : [`# Decide: ${open}`];
  return [...comments.map((comment) => indent + comment), first, ...others].filter((line) => line !== '');
}

function without(profiles: readonly ColumnProfile[], used: readonly (ColumnProfile | undefined)[]): ColumnProfile[] {
  return profiles.filter((profile) => !used.includes(profile));
}

function headPart({ delimiter, encoding }: FeedSample, source: string): Part {
  const lines = [`source: ${yamlText(source)}`];
  if (delimiter !== undefined && delimiter !== ',') lines.push(`delimiter: ${JSON.stringify(delimiter)}`);
  if (encoding === undefined) return { lines };
  lines.push(`encoding: ${encoding}`);
  return { lines, assumed: [`The feed is not UTF-8; ${encoding} is what most other programs write.`] };
}

function keyPart(key: KeyDraft): Part {
  if (key.columns.length === 0) {
    const open =
      'No columns together tell the rows of the sample apart. Name those that identify a purchase, or number equal rows with `occurrenceWithinFeed`.';
    return { lines: [`key: ${whichColumn}`], open };
  }
  const columns = key.columns.map(yamlText);
  const within = key.occurrenceWithin;
  const list = columns.length === 1 ? String(columns[0]) : `[${columns.join(', ')}]`;
  if (within !== undefined) {
    const assumed = [`Lines of one ${within} repeat, so the key counts them. They must be consecutive.`];
    return { lines: [`key: { columns: [${columns.join(', ')}], occurrenceWithin: ${yamlText(within)} }`], assumed };
  }
  const verb = columns.length === 1 ? 'is' : 'are together';
  const unique = `${key.columns.join(', ').replace(/, ([^,]*)$/, ' and $1')} ${verb} unique in the sample, and must be so in all feeds of this source.`;
  return { lines: [`key: ${list}`], assumed: [unique] };
}

function memberPart(member: ColumnProfile | undefined): Part {
  if (!member) return { lines: [`member: ${whichColumn}`], open: 'No column looks like a membership number. Name it.' };
  const { name, isFilled } = member;
  const assumed = [`${name} is the membership number, as the org has it.`];
  if (!isFilled) assumed.push(`Rows without ${name} are rejected, unless \`skip\` leaves them out.`);
  return { lines: [`member: ${yamlText(name)}`], assumed };
}

function datePart(date: DateColumns | undefined, zone: string | undefined): Part {
  const [rule, other] = date?.rules ?? [];
  if (!date || !rule) {
    const open = 'No column looks like the time of the purchase. Name it.';
    return { lines: [`  ActivityDate: { date: ${whichColumn} }`], open };
  }
  const texts = date.columns.map(({ name }) => yamlText(name));
  const words = [`date: ${oneOrList(texts)}`];
  if (rule.format !== undefined) words.push(`format: ${yamlText(rule.format)}`);
  if (rule.since !== undefined) words.push(`since: ${rule.since}`, `unit: ${rule.unit}`);
  if (rule.needsZone) words.push(`zone: ${zone ?? 'UTC'}`);
  const names = date.columns.map(({ name }) => name).join(' and ');
  const assumed = date.columns.length === 1 ? [] : [`${names} together say when the purchase was.`];
  if (date.unread)
    assumed.push(`${date.unread.name} looks like the time of day, but cannot be read, so that only the day counts.`);
  if (other?.format !== undefined && other.format.length === rule.format?.length)
    assumed.push(`The dates in ${names} could also be ${other.format}.`);
  if (rule.needsZone && zone === undefined)
    assumed.push(`The times in ${names} have no offset. Name the zone of the till.`);
  return { lines: [`  ActivityDate: { ${words.join(', ')} }`], assumed };
}

function nestedPart({ nested }: FeedSample): Part {
  if (nested.length === 0) return { lines: [] };
  return {
    lines: [
      `# Only expressions can read ${nested.join(', ')}, for example { expression: '$count(${nested[0]})' }`,
      `# For a journal of each element, see \`journals\` with \`each: ${nested[0]}\`.`,
    ],
  };
}
