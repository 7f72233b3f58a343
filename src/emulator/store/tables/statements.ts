import type { DatabaseSync, StatementSync } from '../../../base/sqlite.js';
import type { Field } from '../model/objectModel.js';
import { quoted } from './tables.js';

interface Node {
  readonly next: Map<Field, Node>;
  statement?: StatementSync;
}

/** Callers choose the columns; a caller with endless combinations must not fill the memory. */
const mostKept = 500;

/**
 * Statements prepared once per verb and list of columns, since a feed writes the same columns over and over. Found by
 * walking from field to field: to build a text key from sixteen names costs more than to run some of the statements.
 */
export class Statements {
  readonly #roots = new Map<string, Node>();
  #kept = 0;

  public constructor(private readonly db: DatabaseSync) {}

  /** @param verb stands for all of `sql` but the columns */
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
