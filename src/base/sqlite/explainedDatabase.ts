import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Returns the error to throw instead of the one that SQLite has thrown. */
export type Explain = (error: unknown) => unknown;

/**
 * Makes every error that the database and its statements throw from now on pass through `explain`, because SQLite's own
 * errors name neither the file nor what to do.
 */
export function explainDatabase(db: DatabaseSync, explain: Explain): void {
  const explained = explaining(explain);
  const prepare = db.prepare.bind(db);
  db.exec = explained(db.exec.bind(db));
  db.prepare = explained((sql: string) => explainStatement(prepare(sql), explain));
}

function explainStatement(statement: StatementSync, explain: Explain): StatementSync {
  const explained = explaining(explain);
  const iterate = statement.iterate.bind(statement) as (...given: never[]) => ReturnType<StatementSync['iterate']>;
  statement.run = explained(statement.run.bind(statement)) as StatementSync['run'];
  statement.get = explained(statement.get.bind(statement)) as StatementSync['get'];
  statement.all = explained(statement.all.bind(statement)) as StatementSync['all'];
  statement.iterate = function* (...given: never[]) {
    try {
      yield* iterate(...given);
    } catch (error) {
      throw explain(error);
    }
  } as StatementSync['iterate'];
  return statement;
}

function explaining(explain: Explain) {
  return <A extends unknown[], R>(work: (...given: A) => R): ((...given: A) => R) =>
    (...given) => {
      try {
        return work(...given);
      } catch (error) {
        throw explain(error);
      }
    };
}
