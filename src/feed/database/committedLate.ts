import type { Select } from './databaseConnection.js';
import type { DatabaseMapping, TypedColumn } from './readTable.js';

/** What is known of the column that a row gets its place by. */
interface FirstColumn {
  readonly first: TypedColumn | undefined;
  /** What stands behind FROM. */
  readonly source: string;
  readonly isTable: boolean;
}

/**
 * Returns how many milliseconds rows wait before they are read. Only a number that a sequence gives, one by one, in the
 * transaction of the row needs no lag: that transaction can be seen (see `writersInProgress.ts`).
 * @throws {FeedError} if rows could be lost without a lag, and the mapping names none
 */
export async function lagOf(
  select: Select,
  column: FirstColumn,
  { place, database }: DatabaseMapping,
): Promise<number> {
  const { lag = 0 } = database;
  if (lag > 0) return lag;
  const why = await whyLate(select, column);
  if (why === undefined) return 0;
  throw place.error(
    ['database'],
    `needs a \`lag\`, because ${why}`,
    'Write `lag: 60` if every row is committed at most 60 seconds after it got its place in the order. Rows are read that much later.',
  );
}

/** Returns why a row may be committed behind one that comes later in the order, as a clause; undefined if it cannot. */
async function whyLate(select: Select, { first, source, isTable }: FirstColumn): Promise<string | undefined> {
  const { rows } = await select('SELECT pg_is_in_recovery()::text AS standby');
  if (rows[0]?.['standby'] === 'true')
    return 'the server is a standby, which does not show what is being written on its primary';
  const { name = '', type = '' } = first ?? {};
  if (first?.category !== 'N') return `${name} is a ${type}, and a row may get its ${name} long before it is committed`;
  const cache = isTable ? await numbersAtOnce(select, source, name) : 1;
  if (cache <= 1) return undefined;
  return `the sequence of ${name} gives each session ${cache} numbers at once (CACHE), so that rows do not come in the order of their numbers`;
}

/** Numbers that a session takes from the sequence of a column at once; 0 if it has none. */
async function numbersAtOnce(select: Select, source: string, column: string): Promise<number> {
  const { rows } = await select(
    'SELECT seqcache AS cache FROM pg_catalog.pg_sequence WHERE seqrelid = pg_get_serial_sequence($1, $2)::regclass',
    [source, column],
  );
  return Number(rows[0]?.['cache'] ?? 0);
}
