import type { ObjectNames } from './programNames.js';
import { suggestion } from './suggestion.js';

interface KnownObject {
  readonly name: string;
  /** Names without case → names. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names of relationships without case → name, and API name of the object. */
  readonly parents: ReadonlyMap<string, readonly [name: string, object: string]>;
}

/** Finds fields by their paths. API names have any case. */
export class ObjectDirectory {
  readonly #objects: ReadonlyMap<string, KnownObject>;

  constructor(objects: ReadonlyMap<string, ObjectNames>) {
    this.#objects = new Map(
      [...objects].map(([name, { fields, parents }]) => [
        name.toLowerCase(),
        {
          name,
          fields: new Map(['Id', ...fields].map((field) => [field.toLowerCase(), field])),
          parents: new Map(
            [...parents].map(([relationship, object]) => [relationship.toLowerCase(), [relationship, object] as const]),
          ),
        },
      ]),
    );
  }

  /** Returns what is wrong with the name of an object, or undefined. */
  objectIssue(name: string): string | undefined {
    if (this.#objects.has(name.toLowerCase())) return undefined;
    return `the object "${name}" does not exist${suggestion(name, this.#names())}`;
  }

  /**
   * Returns what is wrong with a path such as `Member.Tier__c`, or undefined. Where the path reaches an object that is
   * not known, its rest is not checked.
   */
  pathIssue(objectName: string, path: string): string | undefined {
    const steps = path.split('.');
    const field = steps.pop() ?? '';
    let object = this.#objects.get(objectName.toLowerCase());
    for (const step of steps) {
      if (!object) return undefined;
      const [, parent] = object.parents.get(step.toLowerCase()) ?? [];
      if (parent === undefined)
        return `${object.name} has no relationship "${step}"${suggestion(
          step,
          [...object.parents.values()].map(([name]) => name),
        )}`;
      object = this.#objects.get(parent.toLowerCase());
    }
    if (!object || object.fields.has(field.toLowerCase())) return undefined;
    return `${object.name} has no field "${field}"${suggestion(field, [...object.fields.values()])}`;
  }

  #names(): string[] {
    return [...this.#objects.values()].map(({ name }) => name);
  }
}
