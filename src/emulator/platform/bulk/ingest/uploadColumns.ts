import { isKey } from '../../../store/model/objectModel.js';
import type { ModelField, ObjectModel, SObjectType } from '../../../store/model/objectModel.js';
import { JobFailure } from '../bulkErrors.js';

/** One column of an upload: a field of the object, or the key of a parent. */
export interface Column {
  /** The header in the upload's spelling. */
  readonly header: string;
  /** The field itself, or the reference field to the parent. */
  readonly field: ModelField;
  /** Name of the field or of the relationship. */
  readonly name: string;
  readonly parent?: ParentKey;
  /** Whether results write the values as doubles. */
  readonly isDouble: boolean;
}

interface ParentKey {
  readonly key: ModelField;
  /** Object of the parent, if the field may refer to several objects. */
  readonly typeName?: string;
}

interface Target {
  readonly type: SObjectType;
  readonly model: ObjectModel;
  /** Fields that a later version introduced do not exist. */
  readonly apiVersion: number;
}

const doubles = new Set(['currency', 'double', 'percent']);
const relationshipHeader = /^(?:([^:.]+):)?([^:.]+)\.([^:.]+)$/;

/**
 * Reads the header of an upload. A name has one of three forms: `Status`, `Member.MembershipNumber`, or
 * `Contact:ReferredParty.Email`. The third is required, and only allowed, if the relationship has several targets.
 *
 * @throws {JobFailure} InvalidBatch for the first invalid name
 */
export function readColumns(names: readonly string[], target: Target): Column[] {
  const columns = names.map((name) => readColumn(name, target));
  const seen = new Set<string>();
  for (const { header, name } of columns) {
    if (seen.has(name)) throw invalidBatch(`Duplicate field name : ${header}`);
    seen.add(name);
  }
  return columns;
}

function readColumn(header: string, target: Target): Column {
  const field = target.type.field(header);
  if (field && isKnown(field, target)) {
    return { header, field, name: field.name, isDouble: doubles.has(field.definition.type) };
  }
  const [, typeName, relationship, keyName] = relationshipHeader.exec(header) ?? [];
  if (relationship === undefined || keyName === undefined) throw notFound(header);
  const reference = target.type.relationship(relationship);
  if (!reference || !isKnown(reference, target)) throw invalidBatch(`Unable to find relationship: ${relationship}`);
  const parent = parentOf(reference, typeName, { ...target, header });
  const key = parent.field(keyName);
  if (!key) throw notFound(header);
  if (!isKey(key)) throw notKey(keyName, parent);
  const name = reference.definition.relationshipName ?? relationship;
  const several = (reference.definition.referenceTo?.length ?? 0) > 1;
  return {
    header,
    field: reference,
    name,
    parent: several ? { key, typeName: parent.name } : { key },
    isDouble: false,
  };
}

/** Returns the object of a parent. Targets of a relationship count even if the org does not have their objects. */
function parentOf(
  reference: ModelField,
  typeName: string | undefined,
  { model, header }: Target & { header: string },
): SObjectType {
  const { referenceTo = [], relationshipName = reference.name } = reference.definition;
  if (referenceTo.length === 1 && typeName !== undefined) {
    throw invalidBatch(`type is not needed for non polymorphic foreign key references: ${relationshipName}`);
  }
  if (referenceTo.length > 1 && typeName === undefined) {
    throw invalidBatch(`type is needed for polymorphic foreign key references: ${relationshipName}`);
  }
  const type = model.type(typeName ?? referenceTo[0] ?? '');
  if (!type || !referenceTo.includes(type.name)) throw notFound(header);
  return type;
}

function isKnown({ definition }: ModelField, { apiVersion }: Target): boolean {
  return (definition.since ?? 0) <= apiVersion;
}

function notFound(header: string): JobFailure {
  return invalidBatch(`Field name not found : ${header}`);
}

function notKey(keyName: string, { name }: SObjectType): JobFailure {
  return invalidBatch(
    `Field name provided, ${keyName} does not match an External ID, Salesforce Id, or indexed field for ${name}`,
  );
}

function invalidBatch(text: string): JobFailure {
  return new JobFailure('InvalidBatch', text);
}
