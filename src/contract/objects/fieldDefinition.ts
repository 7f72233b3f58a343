import { allReadOnly, checkbox, int, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Describes a field, as a record. Its Id is its DurableId, `Account.Name`.
 * API 32 and later. Object Reference for the Salesforce Platform, "FieldDefinition": only a selection of its fields.
 */
export const fieldDefinition: SObjectDefinition = {
  name: 'FieldDefinition',
  label: 'Field Definition',
  labelPlural: 'Field Definitions',
  keyPrefix: guessedKeyPrefix.FieldDefinition,
  since: 32,
  searchable: false,
  madeWhenQueried: true,
  fields: allReadOnly({
    DataType: textField(255),
    DeveloperName: textField(80),
    DurableId: textField(255),
    // The DurableId of the object, which is not a record id. So it is a text here that leads to an object.
    EntityDefinitionId: {
      ...textField(255),
      referenceTo: ['EntityDefinition'],
      relationshipName: 'EntityDefinition',
    },
    ExtraTypeInfo: textField(80),
    IsApiFilterable: checkbox(),
    IsApiGroupable: checkbox(),
    IsApiSortable: checkbox(),
    IsCalculated: checkbox(),
    IsCompactLayoutable: checkbox(),
    IsCompound: checkbox(),
    IsFieldHistoryTracked: checkbox(),
    IsHighScaleNumber: checkbox(),
    IsHtmlFormatted: checkbox(),
    IsIndexed: checkbox(),
    IsListFilterable: checkbox(),
    IsListSortable: checkbox(),
    IsListVisible: checkbox(),
    IsNameField: checkbox(),
    IsNillable: checkbox(),
    IsPolymorphicForeignKey: checkbox(),
    IsWorkflowFilterable: checkbox(),
    Label: textField(80),
    Length: int(),
    MasterLabel: textField(80),
    NamespacePrefix: textField(15),
    Precision: int(),
    PublisherId: picklist(['System', '<local>']),
    QualifiedApiName: textField(70),
    ReferenceTargetField: textField(255),
    RelationshipName: textField(80),
    Scale: int(),
    ValueTypeId: textField(80),
  }),
};
