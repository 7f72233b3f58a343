import { isFilterable, isGroupable, isIndexedInOrg, isSortable } from '../../store/model/fieldAbilities.js';
import { fieldsOfBody } from '../records/recordEndpoints.js';
import type { ModelField, ObjectModel, SObjectType } from '../../store/model/objectModel.js';
import { dataTypeOf } from './dataTypeText.js';
import { setUpAt } from './entityRows.js';
import type { MadeRow } from './madeRow.js';

/** A `FieldDefinition` for each field of the API version. */
export function fieldRows({ types }: ObjectModel, version: number): MadeRow[] {
  const visible = types.filter(({ definition }) => definition.since <= version);
  return visible.flatMap((type) => fieldsOfBody(type, version).map((field) => fieldRow(field, type)));
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
    LastModifiedDate: setUpAt,
    ...Object.fromEntries(Object.entries(is).map(([flag, value]) => [flag, Number(value)])),
  };
}
