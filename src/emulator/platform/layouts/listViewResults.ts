import { ok } from '../../http/orgEndpoint.js';
import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { refused } from '../../orgRefusal.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import { answerQuery } from '../records/answerQuery.js';
import { listViewColumns, listViewQuery } from './listViewColumns.js';
import type { ListViewColumn } from './listViewColumns.js';

const mostRows = 2000;
const usualRows = 25;

interface View {
  readonly id: string;
  readonly developerName: string;
  readonly label: string;
}

/**
 * The records of a list view, as texts in columns.
 *
 * @throws {OrgRefusal} 400 when `limit` is not from 1 to 2,000, or `offset` is not a number
 */
export function listViewResults(type: SObjectType, view: View, request: OrgRequest): OrgResponse {
  const limit = numberIn(request.query, 'limit', { least: 1, most: mostRows, usual: usualRows });
  const offset = numberIn(request.query, 'offset', { least: 0, most: mostRows, usual: 0 });
  const soql = `${listViewQuery(type, request.version)} LIMIT ${limit + 1} OFFSET ${offset}`;
  const answer = answerQuery(request, soql);
  if (answer.status !== 200) return answer;
  const { records } = answer.body as { records: Record<string, unknown>[] };
  const columns = listViewColumns(type, request.version);
  const shown = records.slice(0, limit);
  return ok({
    columns,
    ...{
      developerName: view.developerName,
      done: records.length <= limit,
      id: view.id.slice(0, 15),
      label: view.label,
    },
    records: shown.map((record) => ({ columns: columns.map((column) => cell(column, record)) })),
    size: shown.length,
  });
}

function cell({ fieldNameOrPath, type }: ListViewColumn, record: Record<string, unknown>): Record<string, unknown> {
  const value = record[fieldNameOrPath] ?? null;
  return { fieldNameOrPath, value: value === null ? null : shownText(type, value) };
}

function shownText(type: string, value: unknown): string {
  return type === 'datetime' ? longDateTime(new Date(String(value))) : String(value);
}

/** `Fri Aug 01 21:15:46 GMT 2014` */
function longDateTime(time: Date): string {
  const [, day = '', date = '', month = '', year = '', clock = ''] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day} ${month} ${date} ${clock} GMT ${year}`;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

function numberIn(query: URLSearchParams, name: string, { least, most, usual }: Bounds): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw refused('INVALID_PARAMETER_VALUE', `The ${name} parameter must be from ${least} to ${most}: ${text}`);
}
