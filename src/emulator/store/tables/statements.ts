import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../../base/sqlite/sqlite.js';
import type { ModelField } from '../model/objectModel.js';

interface Node {
  readonly next: Map<ModelField, Node>;
  statement?: StatementSync;
}

/** Callers choose the columns, so the number of kept statements is limited to protect memory. */
const mostKept = 500;

/**
 * Prepares each statement once per verb and list of columns, because a feed writes the same columns for every row. The
 * statement is found in a tree of fields: building a text key from sixteen names can cost more than the statement.
 */
export class Statements {
  readonly #roots = new Map<string, Node>();
  #kept = 0;

  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** @param verb identifies everything in `sql` except the columns */
  of(verb: string, fields: readonly ModelField[], sql: (columns: string[]) => string): StatementSync {
    if (this.#kept >= mostKept) this.#forget();
    let node = step(this.#roots, verb);
    for (const field of fields) node = step(node.next, field);
    return (node.statement ??= this.#prepare(sql(fields.map(({ name }) => quotedName(name)))));
  }

  #prepare(sql: string): StatementSync {
    this.#kept += 1;
    return this.#db.prepare(sql);
  }

  #forget(): void {
    this.#roots.clear();
    this.#kept = 0;
  }
}

function step<K>(nodes: Map<K, Node>, key: K): Node {
  let node = nodes.get(key);
  if (!node) {
    node = { next: new Map() };
    nodes.set(key, node);
  }
  return node;
}
