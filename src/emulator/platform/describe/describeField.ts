import type { FieldType } from '../../../contract/sobject.js';
import { parentDeletionOf } from '../../store/model/dependents.js';
import { isAggregatable, isFilterable, isGroupable, isSortable } from '../../store/model/fieldAbilities.js';
import { isKey } from '../../store/model/objectModel.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';

/**
 * Returns one element of `fields` in a describe answer: the members that clients are known to read, and related ones.
 */
export function describeField(field: ModelField, type: SObjectType): Record<string, unknown> {
  const { name, label, definition } = field;
  const isName = field === type.nameField;
  return {
    name,
    label: name === 'Id' ? `${type.definition.label} ID` : label,
    ...typeOf(field),
    ...flagsOf(field, isName),
    nameField: isName,
    ...relationOf(field),
    picklistValues: (definition.values ?? []).map((value) => ({
      value,
      label: definition.valueLabels?.[value] ?? value,
      active: true,
      defaultValue: value === definition.defaultValue,
      validFor: null,
    })),
    defaultValue: definition.defaultValue ?? (definition.type === 'boolean' ? false : null),
    calculatedFormula: null,
    compoundFieldName: definition.partOf ?? null,
    controllerName: null,
    inlineHelpText: null,
  };
}

const soapTypes: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  long: 'xsd:long',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
};
const decimals: readonly FieldType[] = ['double', 'currency', 'percent'];

function typeOf({ definition }: ModelField): Record<string, unknown> {
  const { type, precision = 18, scale = 0 } = definition;
  const length = definition.length ?? (type === 'reference' ? 18 : 0);
  return {
    type,
    soapType: soapTypes[type] ?? 'xsd:string',
    length,
    byteLength: type === 'id' || type === 'reference' ? length : length * 3,
    digits: type === 'int' ? (definition.digits ?? 9) : 0,
    precision: decimals.includes(type) ? precision : 0,
    scale: decimals.includes(type) ? scale : 0,
  };
}

/** Fields that every user may see, so that no permission set grants them. */
const visibleToAll = new Set(['OwnerId', 'RecordTypeId', 'MasterRecordId', 'PhotoUrl', 'LastActivityDate']);

function flagsOf(field: ModelField, isName: boolean): Record<string, boolean> {
  const { name, definition, system } = field;
  const { type, required = false, caseSensitive = false } = definition;
  const { createable = false, updateable = false, externalId = false, unique = false } = definition;
  const { autoNumber = false, calculated = false, restricted = false } = definition;
  const defaulted = definition.defaultValue !== undefined || definition.defaultedOnCreate === true;
  const isSure = required || system || autoNumber || isName || name === 'OwnerId';
  // Describe tells it of details and of own fields. Of standard lookups, only the parent does.
  const deletion = definition.masterDetail || name.endsWith('__c') ? parentDeletionOf(definition) : undefined;
  return {
    nillable: !isSure && type !== 'boolean',
    defaultedOnCreate: defaulted || system || autoNumber || type === 'boolean',
    ...{ createable, updateable, externalId, unique, caseSensitive, autoNumber, calculated },
    idLookup: isKey(field),
    // A compound address is filterable by distance only, which describe does not tell apart.
    filterable: isFilterable(definition) || type === 'address',
    sortable: isSortable(definition),
    groupable: isGroupable(definition),
    aggregatable: isAggregatable(definition),
    restrictedPicklist: restricted,
    dependentPicklist: false,
    custom: name.endsWith('__c'),
    permissionable: !isSure && !visibleToAll.has(name) && !/^Last(Viewed|Referenced)Date$/.test(name),
    ...{ encrypted: false, htmlFormatted: false, deprecatedAndHidden: false, aiPredictionField: false },
    cascadeDelete: deletion === 'cascade',
    restrictedDelete: deletion === 'refuse',
    writeRequiresMasterRead: false,
    queryByDistance: type === 'address',
  };
}

function relationOf({ definition }: ModelField): Record<string, unknown> {
  const referenceTo = definition.referenceTo ?? [];
  return {
    referenceTo,
    relationshipName: definition.relationshipName ?? null,
    relationshipOrder: null,
    namePointing: referenceTo.length > 1,
    polymorphicForeignKey: referenceTo.length > 1,
    referenceTargetField: null,
  };
}
