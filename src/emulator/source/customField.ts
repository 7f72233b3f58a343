import type { ChildRelationship, FieldDefinition } from '../../contract/sobject.js';
import { defaultValueOf } from './defaultValue.js';
import { sizeOf } from './fieldTypes.js';
import type { MetadataElement } from './metadataElement.js';
import { picklistOf } from './picklists.js';
import type { GlobalValueSets } from './picklists.js';

/** A custom field, and its relationship as seen from its parent. */
export interface CustomField {
  readonly name: string;
  readonly definition: FieldDefinition;
  /** Present for a lookup whose child relationship has a name. */
  readonly child?: { readonly parent: string; readonly relationship: Omit<ChildRelationship, 'childObject'> };
  readonly isMasterDetail: boolean;
}

export interface FieldContext {
  readonly globalValueSets: GlobalValueSets;
  readonly warn: (warning: Error) => void;
}

const lookups = ['Lookup', 'MasterDetail', 'Hierarchy'];
const picklists = ['Picklist', 'MultiselectPicklist'];

/**
 * Reads a `CustomField` element. Returns undefined, after a warning, if the local org does not have its type.
 *
 * @param objectName object of the field, because a hierarchy refers to its own object
 * @throws {SourceError} when an org would not deploy the field either
 */
export function readField(
  { name, field, objectName }: { name: string; field: MetadataElement; objectName: string },
  context: FieldContext,
): CustomField | undefined {
  const type = field.requiredText('type');
  const isMasterDetail = type === 'MasterDetail';
  if (lookups.includes(type)) return { name, isMasterDetail, ...lookup(name, field, objectName) };
  const typed = picklists.includes(type) ? picklistOf(field, context.globalValueSets, context.warn) : sizeOf(field);
  if (!typed) {
    context.warn(field.error('type', `is ${type}, which the local org does not have, so the field is left out`));
    return undefined;
  }
  const computed = computedBy(field, type);
  if (computed !== undefined) {
    context.warn(field.error(computed, 'is not computed in the local org, so the field is read-only and always empty'));
    return { name, isMasterDetail, definition: { ...typed, ...labelOf(field), calculated: true } };
  }
  const autoNumber = type === 'AutoNumber';
  const definition = { ...typed, ...(autoNumber ? numbered(field) : written(field)), ...keyOf(field) };
  return {
    name,
    isMasterDetail,
    definition: { ...definition, ...defaultValueOf(field, definition, context.warn), ...labelOf(field) },
  };
}

function lookup(name: string, field: MetadataElement, objectName: string): Pick<CustomField, 'child' | 'definition'> {
  const type = field.requiredText('type');
  const parent = type === 'Hierarchy' ? objectName : field.requiredText('referenceTo');
  const isMasterDetail = type === 'MasterDetail';
  const fixed = isMasterDetail && !field.flag('reparentableMasterDetail');
  const relationshipName = field.text('relationshipName');
  const relation = { referenceTo: [parent], relationshipName: name.replace(/__c$/, '__r') };
  const required = isMasterDetail || field.flag('required');
  return {
    definition: {
      ...{ type: 'reference', ...relation, required, createable: true, updateable: !fixed },
      ...(isMasterDetail ? { masterDetail: true } : { onParentDelete: onParentDelete(field, required) }),
      ...labelOf(field),
    },
    ...(relationshipName !== undefined && {
      child: { parent, relationship: { name: `${relationshipName}__r`, field: name } },
    }),
  };
}

/** Without a constraint, deleting the parent empties an optional lookup. A required lookup refuses the deletion. */
function onParentDelete(lookup: MetadataElement, isRequired: boolean): FieldDefinition['onParentDelete'] {
  const constraint = lookup.text('deleteConstraint');
  if (constraint === 'Cascade') return 'cascade';
  return constraint === 'Restrict' || isRequired ? 'refuse' : 'empty';
}

/** Returns the name of the element that computes the field, if the field is computed. */
function computedBy(field: MetadataElement, type: string): string | undefined {
  if (type === 'Summary') return 'summaryOperation';
  return field.text('formula') === undefined ? undefined : 'formula';
}

function numbered(field: MetadataElement): Pick<FieldDefinition, 'autoNumber' | 'displayFormat'> {
  const displayFormat = field.text('displayFormat');
  return { autoNumber: true, ...(displayFormat !== undefined && { displayFormat }) };
}

function written(field: MetadataElement): Pick<FieldDefinition, 'createable' | 'required' | 'updateable'> {
  return { createable: true, updateable: true, ...(field.flag('required') && { required: true }) };
}

function keyOf(field: MetadataElement): Partial<FieldDefinition> {
  return {
    ...(field.flag('externalId') && { externalId: true }),
    ...(field.flag('unique') && { unique: true }),
    ...(field.flag('caseSensitive') && { caseSensitive: true }),
  };
}

function labelOf(field: MetadataElement): Pick<FieldDefinition, 'label'> {
  const label = field.text('label');
  return label === undefined ? {} : { label };
}
