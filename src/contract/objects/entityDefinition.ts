import { allReadOnly, checkbox, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Describes an object, as a record. Its Id is its DurableId, which for standard objects is the name.
 * API 32 and later. Object Reference for the Salesforce Platform, "EntityDefinition": without the fields about sharing,
 * pages and the state of customization.
 */
export const entityDefinition: SObjectDefinition = {
  name: 'EntityDefinition',
  label: 'Entity Definition',
  labelPlural: 'Entity Definitions',
  keyPrefix: '4ie',
  since: 32,
  searchable: false,
  madeWhenQueried: true,
  fields: allReadOnly({
    DeveloperName: textField(80),
    DurableId: textField(255),
    IsApexTriggerable: checkbox(),
    IsCompactLayoutable: checkbox(),
    IsCustomSetting: checkbox(),
    IsCustomizable: checkbox(),
    IsDeprecatedAndHidden: checkbox(),
    IsEverCreatable: checkbox(),
    IsEverDeletable: checkbox(),
    IsEverUpdatable: checkbox(),
    IsFeedEnabled: checkbox(),
    IsIdEnabled: checkbox(),
    IsLayoutable: checkbox(),
    IsMruEnabled: checkbox(),
    IsProcessEnabled: checkbox(),
    IsQueryable: checkbox(),
    IsReplicateable: checkbox(),
    IsRetrieveable: checkbox(),
    IsSearchLayoutable: checkbox(),
    IsSearchable: checkbox(),
    IsTriggerable: checkbox(),
    IsWorkflowEnabled: checkbox(),
    KeyPrefix: textField(3),
    Label: textField(80),
    MasterLabel: textField(80),
    NamespacePrefix: textField(15),
    PluralLabel: textField(80),
    PublisherId: picklist(['System', '<local>']),
    QualifiedApiName: textField(70),
  }),
  children: [{ name: 'Fields', childObject: 'FieldDefinition', field: 'EntityDefinitionId' }],
};
