import type { FieldValues } from '../../client/index.js';

/** A record of a program. It refers to other records as objects, because their Ids are not known yet. */
export interface ProgramRecord {
  readonly object: string;
  /** Its Name. A link between two records, whose Name the org numbers, has one for messages. */
  readonly name: string;
  /** Fields and references that identify it in an org. */
  readonly identity: readonly string[];
  /** Reference fields and the records they refer to. */
  readonly references: Readonly<Record<string, ProgramRecord>>;
  /**
   * All other fields, with Name unless the org numbers it. Null: the definition says that there is no value, so an
   * existing one is removed.
   */
  readonly fields: FieldValues;
}

type References = Readonly<Record<string, ProgramRecord>>;
type Fields = Readonly<Record<string, FieldValues[string] | undefined>>;

/** The records of a program. Each comes after the records that it refers to. */
export class ProgramRecords {
  readonly #list: ProgramRecord[] = [];

  get list(): readonly ProgramRecord[] {
    return this.#list;
  }

  /** Adds a record that is identified by its Name, and by its owner if it has one. */
  add(object: string, name: string, { owner = {}, references = {}, fields }: NamedPart): ProgramRecord {
    const identity = ['Name', ...Object.keys(owner)];
    const given = { Name: name, ...withValues(fields) };
    return this.#added({ object, name, identity, references: { ...owner, ...references }, fields: given });
  }

  /** Adds a record whose Name the org numbers. It is identified by what it links, and by the named fields. */
  link(object: string, references: References, { fields = {}, identity = [] }: LinkPart = {}): ProgramRecord {
    const name = Object.values(references)
      .map((record) => record.name)
      .join(' – ');
    const given = withValues(fields);
    return this.#added({
      object,
      name,
      identity: [...Object.keys(references), ...identity],
      references,
      fields: given,
    });
  }

  /**
   * Finds a record by its Name, among those of an owner if several have that name.
   * @throws {RangeError} if there is none, which a validated definition rules out
   */
  named(object: string, name: string, owner?: ProgramRecord): ProgramRecord {
    const found = this.#list.find(
      (each) =>
        each.object === object && each.name === name && (!owner || Object.values(each.references).includes(owner)),
    );
    if (!found) throw new RangeError(`The definition has no ${object} "${name}"; was it checked?`);
    return found;
  }

  #added(record: ProgramRecord): ProgramRecord {
    this.#list.push(record);
    return record;
  }
}

interface NamedPart {
  readonly owner?: References;
  readonly references?: References;
  readonly fields: Fields;
}

interface LinkPart {
  readonly fields?: Fields;
  readonly identity?: readonly string[];
}

/** Leaves out fields that have no value, because naming a field that an org does not have is an error. */
function withValues(fields: Fields): FieldValues {
  const given = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
  return Object.fromEntries(given);
}
