import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** More different statements than any caller writes down. A text that contains values would exceed it. */
const mostTexts = 500;

type Iterate = (...given: never[]) => ReturnType<StatementSync['iterate']>;

/**
 * Makes `prepare` return the statement that it has returned for the same text before, because SQLite takes longer to
 * prepare a small query than to run it. Every iteration has a statement of its own, so that it may run within another
 * one and beside `get`, `all` and `run`.
 */
export function reuseStatements(db: DatabaseSync): void {
  const prepare = db.prepare.bind(db);
  const statements = new Map<string, StatementSync>();
  db.prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= mostTexts) statements.clear();
    const statement = prepare(sql);
    statement.iterate = iterateBeside(() => prepare(sql)) as StatementSync['iterate'];
    statements.set(sql, statement);
    return statement;
  };
}

/** Iterates each time with a statement that no other iteration is using. */
function iterateBeside(prepare: () => StatementSync) {
  const idle: StatementSync[] = [];
  return function* (...given: never[]) {
    const statement = idle.pop() ?? prepare();
    try {
      yield* (statement.iterate.bind(statement) as Iterate)(...given);
    } finally {
      idle.push(statement);
    }
  };
}
