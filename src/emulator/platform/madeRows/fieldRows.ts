import { isFilterable, isGroupable, isIndexedInOrg, isSortable } from '../../store/model/fieldAbilities.js';
import { fieldsOfBody } from '../records/recordEndpoints.js';
import type { Org } from '../../org.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import { dataTypeOf } from './dataTypeText.js';
import { timeOfChange } from './changeTimes.js';
import type { Asker, MadeRow } from './madeRow.js';

/** A `FieldDefinition` for each field of the API version. */
export function fieldRows(org: Org, { version }: Asker): MadeRow[] {
  const changedAt = timeOfChange(org);
  const visible = org.store.model.types.filter(({ definition }) => definition.since <= version);
  return visible.flatMap((type) => {
    return fieldsOfBody(type, version).map((field) => ({
      ...fieldRow(field, type),
      LastModifiedDate: changedAt({ type: 'CustomField', fullName: `${type.name}.${field.name}` }),
    }));
  });
}

function fieldRow(field: ModelField, type: SObjectType): MadeRow {
  const { name, label, definition, system } = field;
  const { required = false, calculated = false, referenceTo = [], precision, scale, digits } = definition;
  const isCustom = name.endsWith('__c');
  const id = `${type.name}.${name}`;
  const filterable = isFilterable(definition);
  const sortable = isSortable(definition);
  const is = {
    ...{ IsApiFilterable: filterable, IsApiGroupable: isGroupable(definition), IsApiSortable: sortable },
    ...{ IsCalculated: calculated, IsCompactLayoutable: sortable, IsCompound: definition.type === 'address' },
    ...{
      IsIndexed: isIndexedInOrg(field),
      IsListFilterable: filterable,
      IsListSortable: sortable,
      IsListVisible: sortable,
    },
    ...{ IsNameField: field === type.nameField, IsPolymorphicForeignKey: referenceTo.length > 1 },
    ...{ IsNillable: !required && !system && definition.type !== 'boolean', IsWorkflowFilterable: filterable },
  };
  return {
    Id: id,
    DurableId: id,
    DataType: dataTypeOf(field),
    DeveloperName: name.replace(/__c$/, ''),
    EntityDefinitionId: type.name,
    Label: label,
    MasterLabel: label,
    Length: definition.length ?? (definition.type === 'reference' ? 18 : 0),
    Precision: precision ?? digits ?? 0,
    Scale: scale ?? 0,
    PublisherId: isCustom ? '<local>' : 'System',
    QualifiedApiName: name,
    RelationshipName: definition.relationshipName ?? null,
    ValueTypeId: definition.type,
    ...Object.fromEntries(Object.entries(is).map(([flag, value]) => [flag, Number(value)])),
  };
}
