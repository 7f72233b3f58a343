import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import { componentKey } from './metadataComponent.js';
import type { ComponentName, MetadataComponent } from './metadataComponent.js';

/** Name of the table with the deployed metadata, in the file of an org and in a snapshot. No object can have it. */
export const componentTableName = 'metadata.component';

const table = quotedName(componentTableName);

interface FileRow {
  readonly type: string;
  readonly fullName: string;
  readonly path: string;
  readonly content: Uint8Array;
  readonly id: string;
  readonly createdDate: string;
  readonly createdById: string;
  readonly lastModifiedDate: string;
  readonly lastModifiedById: string;
  readonly keyPrefix: string | null;
}

/** Deployed metadata, one row for each file of a component. It is kept and saved with the records of the org. */
export class ComponentTable {
  readonly #db: DatabaseSync;
  #number: number | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (type TEXT, fullName TEXT COLLATE NOCASE, path TEXT, content BLOB, id TEXT,
         createdDate TEXT, createdById TEXT, lastModifiedDate TEXT, lastModifiedById TEXT, keyPrefix TEXT,
         PRIMARY KEY (type, fullName, path))`,
    );
  }

  /** Returns a number for the Id of a new component. */
  nextNumber(): number {
    this.#number ??= Number(this.#db.prepare(`SELECT coalesce(max(rowid), 0) AS n FROM ${table}`).get()?.['n']);
    this.#number += 1;
    return this.#number;
  }

  get isEmpty(): boolean {
    return this.#db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined;
  }

  /** In the order in which they were first deployed. */
  read(): MetadataComponent[] {
    const rows = this.#db.prepare(`SELECT * FROM ${table} ORDER BY createdDate, rowid`).all() as unknown as FileRow[];
    const components = new Map<string, MetadataComponent & { files: Map<string, Buffer> }>();
    for (const { path, content, ...named } of rows) {
      const key = componentKey(named);
      const component = components.get(key) ?? { ...named, files: new Map<string, Buffer>() };
      component.files.set(path, Buffer.from(content));
      components.set(key, component);
    }
    return [...components.values()];
  }

  /** Returns when components were changed last (ISO 8601), by `componentKey`. */
  changeTimes(): ReadonlyMap<string, string> {
    const rows = this.#db
      .prepare(`SELECT type, fullName, max(lastModifiedDate) AS at FROM ${table} GROUP BY 1, 2`)
      .all();
    return new Map(
      rows.map(({ type, fullName, at }) => {
        return [componentKey({ type: String(type), fullName: String(fullName) }), String(at)] as const;
      }),
    );
  }

  save(component: MetadataComponent): void {
    this.remove(component);
    const { type, fullName, files, id, createdDate, createdById, lastModifiedDate, lastModifiedById } = component;
    const stamp = [id, createdDate, createdById, lastModifiedDate, lastModifiedById, component.keyPrefix ?? null];
    const insert = this.#db.prepare(`INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    for (const [path, content] of files) insert.run(type, fullName, path, content, ...stamp);
  }

  remove({ type, fullName }: ComponentName): void {
    this.#db.prepare(`DELETE FROM ${table} WHERE type = ? AND fullName = ?`).run(type, fullName);
  }
}
