import type { DatabaseSync, StatementSync } from '../../../base/sqlite.js';
import type { Field } from '../model/objectModel.js';
import { quoted } from './tables.js';

interface Node {
  readonly next: Map<Field, Node>;
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

  public constructor(private readonly db: DatabaseSync) {}

  /** @param verb identifies everything in `sql` except the columns */
  public of(verb: string, fields: readonly Field[], sql: (columns: string[]) => string): StatementSync {
    if (this.#kept >= mostKept) this.#forget();
    let node = step(this.#roots, verb);
    for (const field of fields) node = step(node.next, field);
    return (node.statement ??= this.#prepare(sql(fields.map(({ name }) => quoted(name)))));
  }

  #prepare(sql: string): StatementSync {
    this.#kept += 1;
    return this.db.prepare(sql);
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
