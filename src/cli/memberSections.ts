import { Messages } from '@salesforce/core';
import { doubtLines, expiryLines } from './expiryLines.js';
import { progressTable } from './progressTable.js';
import type { DisplayMemberResult } from './results/memberResults.js';
import { tierDates, tierLine } from './tierLine.js';
import { vouchersTable } from './voucherTable.js';
import type { SectionTable } from './voucherTable.js';
import { enumWords } from './terminal/enumWords.js';
import { numberColumn } from './terminal/tableLayout.js';
import { columns as terminalColumns, countText, dateText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.display.member');

/** A part of the screen: a title, and lines or a table below it. */
export interface MemberSection {
  readonly title: string;
  readonly table?: SectionTable;
  /** Below the table, if there is one. */
  readonly lines: readonly string[];
}

const width = Math.min(terminalColumns, 80);
/** Rows of a section that a person can look at on one screen; `--json` has all. */
const shown = 20;

/** Who it is. */
export function memberHead({ program, member }: DisplayMemberResult): string[] {
  const { membershipNumber, name, status, type, enrollmentDate, lastActivityDate } = member;
  const facts = [
    status ?? '–',
    ...(type === null ? [] : [type]),
    ...(enrollmentDate === null ? [] : [messages.getMessage('word.enrolled', [dateText(enrollmentDate)])]),
    ...(lastActivityDate === null ? [] : [messages.getMessage('word.lastActivity', [dateText(lastActivityDate)])]),
  ];
  return [
    ...wrapped(name === null ? membershipNumber : `${name}, ${membershipNumber}`, '', width),
    ...indented([messages.getMessage('info.member', [program]), facts.join(', ')]),
  ];
}

/** What a person reads of what a member has. */
export function memberSections(result: DisplayMemberResult): MemberSection[] {
  const { tiers, clubs, currencies, expiring, benefits, vouchers, progress, gaps } = result;
  const missing = (...parts: ReadonlyArray<(typeof gaps)[number]['part']>) =>
    gaps
      .filter(({ part }) => parts.includes(part))
      .map(({ part, code, message }) => messages.getMessage(`info.gap.${part}`, [code, message]));
  return [
    section('tiers', { lines: tiers.map(tierLine) }, missing('balances', 'nextTiers')),
    ...sectionUnlessEmpty('clubs', clubs.map(clubLine), missing('clubs')),
    section('points', pointsTable(currencies), missing('balances')),
    ...(expiring === null
      ? []
      : [section('expiring', { lines: expiryLines(expiring) }, [...doubtLines(expiring), ...missing('expiring')])]),
    section('benefits', { lines: benefits.map(benefitLine) }, missing('benefits')),
    section('vouchers', vouchersTable(vouchers), missing('vouchers')),
    section('progress', progressTable(progress, width), missing('progress')),
  ];
}

type Content = { readonly lines: readonly string[] } | SectionTable;

/** The first rows of a section, what the org did not tell of it, or that there is nothing. */
function section(name: string, content: Content, gaps: readonly string[]): MemberSection {
  const title = messages.getMessage(`title.${name}`);
  const rows = 'lines' in content ? content.lines : content.data;
  const more = rows.length > shown ? [messages.getMessage('info.more', [countText(rows.length - shown)])] : [];
  const none = rows.length === 0 && gaps.length === 0 ? [messages.getMessage('info.none')] : [];
  const notes = [...more, ...gaps, ...none];
  if ('lines' in content) return { title, lines: indented([...content.lines.slice(0, shown), ...notes]) };
  if (rows.length === 0) return { title, lines: indented(notes) };
  return { title, table: { ...content, data: content.data.slice(0, shown) }, lines: indented(notes) };
}

/** For what most members do not have. */
function sectionUnlessEmpty(name: string, lines: readonly string[], gaps: readonly string[]): MemberSection[] {
  return lines.length + gaps.length === 0 ? [] : [section(name, { lines }, gaps)];
}

function indented(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence) => wrapped(sentence, '  ', width));
}

function pointsTable(currencies: DisplayMemberResult['currencies']): SectionTable {
  const hasEscrow = currencies.some(({ escrow }) => escrow !== 0);
  return {
    columns: [
      'currency',
      'kind',
      numberColumn('balance'),
      numberColumn('expiring'),
      ...(hasEscrow ? [numberColumn('escrow')] : []),
      'reset',
    ],
    data: currencies.map(({ currency, type, balance, expiring, escrow, nextResetDate }) => ({
      currency,
      kind: kindOf(type),
      balance: countText(balance),
      expiring: countText(expiring),
      escrow: countText(escrow),
      reset: dateText(nextResetDate),
    })),
  };
}

function kindOf(type: string | null): string {
  switch (type) {
    case 'Qualifying':
      return messages.getMessage('kind.qualifying');
    case 'NonQualifying':
      return messages.getMessage('kind.nonQualifying');
    default:
      return enumWords(type);
  }
}

function clubLine({ club, startDate, endDate }: DisplayMemberResult['clubs'][number]): string {
  return `${[club, ...tierDates({ effectiveDate: startDate, expirationDate: endDate })].join(', ')}.`;
}

function benefitLine({
  benefit,
  type,
  description,
  isActive,
  startDate,
  endDate,
}: DisplayMemberResult['benefits'][number]): string {
  const name = `${benefit ?? '–'}${type === null ? '' : ` (${type})`}`;
  const dates = [
    startDate === null ? '' : messages.getMessage('word.since', [dateText(startDate)]),
    endDate === null ? '' : messages.getMessage('word.until', [dateText(endDate)]),
    isActive === false ? messages.getMessage('word.inactive') : '',
  ].filter(Boolean);
  return `${[name, ...dates].join(', ')}${description === null ? '' : `: ${description}`}`;
}
