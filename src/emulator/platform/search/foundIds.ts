import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { SearchScope } from './search.js';
import { mostFound } from './search.js';
import { wordsOf } from './searchTerms.js';
import type { SearchTerms } from './searchTerms.js';

const nameFields = new Set(['Name', 'FirstName', 'LastName']);
/** SQLite accepts expressions up to 1,000 levels deep. With more conditions, every record is read. */
const mostConditions = 500;
const texts = new Set(['string', 'textarea', 'email', 'phone', 'url']);

/** Returns the ids of the records of an object in which the words are, oldest first. */
export function foundIds(store: Store, type: SObjectType, terms: SearchTerms, scope: SearchScope): string[] {
  const columns = searchedFields(type, scope).map(quotedName);
  if (columns.length === 0) return [];
  const oneOf = (terms.oneOf?.length ?? 0) * columns.length <= mostConditions ? terms.oneOf : undefined;
  const likely = oneOf ? columns.flatMap((column) => oneOf.map(() => `${column} LIKE ?`)).join(' OR ') : '1';
  const values = oneOf ? columns.flatMap(() => oneOf.map((text) => `%${text}%`)) : [];
  const sql = `SELECT "Id", ${columns.join(', ')} FROM ${quotedName(type.name)} WHERE "IsDeleted" = 0 AND (${likely}) ORDER BY "Id"`;
  const statement = store.db.prepare(sql);
  statement.setReturnArrays(true);
  const ids: string[] = [];
  for (const row of statement.iterate(...values)) {
    const [id, ...fields] = row as unknown as (string | null)[];
    if (terms.isIn(fields.map((text) => wordsOf(text ?? '')))) ids.push(String(id));
    if (ids.length >= mostFound) break;
  }
  return ids;
}

function searchedFields({ fields, nameField }: SObjectType, scope: SearchScope): string[] {
  return fields
    .filter((field) => {
      const { type } = field.definition;
      if (!texts.has(type) || field.system) return false;
      if (scope === 'NAME') return field === nameField || nameFields.has(field.name);
      if (scope === 'EMAIL' || scope === 'PHONE') return type === scope.toLowerCase();
      return true;
    })
    .map(({ name }) => name);
}
