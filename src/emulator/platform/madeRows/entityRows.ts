import type { ObjectModel, SObjectType } from '../../store/model/objectModel.js';
import type { MadeRow } from './madeRow.js';

/** When the org was set up: objects and fields do not change here. */
export const setUpAt = '2026-01-01T00:00:00.000Z';

/** An `EntityDefinition` for each object of the API version. */
export function entityRows({ types }: ObjectModel, version: number): MadeRow[] {
  return types.filter(({ definition }) => definition.since <= version).map(entityRow);
}

function entityRow({ name, definition }: SObjectType): MadeRow {
  const { label, labelPlural, keyPrefix, queryable = true, searchable = true } = definition;
  const { createable = false, updateable = false, deletable = false } = definition;
  const isCustom = name.endsWith('__c');
  const can = {
    ...{ IsApexTriggerable: createable, IsCompactLayoutable: createable, IsCustomizable: createable },
    ...{ IsEverCreatable: createable, IsEverDeletable: deletable, IsEverUpdatable: updateable, IsIdEnabled: queryable },
    ...{ IsLayoutable: createable, IsMruEnabled: createable, IsProcessEnabled: createable, IsQueryable: queryable },
    ...{ IsReplicateable: queryable, IsRetrieveable: queryable, IsSearchLayoutable: createable },
    ...{ IsSearchable: searchable, IsTriggerable: createable, IsWorkflowEnabled: createable },
  };
  return {
    Id: name,
    DurableId: name,
    DeveloperName: name.replace(/__c$/, ''),
    KeyPrefix: keyPrefix,
    Label: label,
    MasterLabel: label,
    PluralLabel: labelPlural,
    PublisherId: isCustom ? '<local>' : 'System',
    QualifiedApiName: name,
    LastModifiedDate: setUpAt,
    ...Object.fromEntries(Object.entries(can).map(([flag, value]) => [flag, Number(value)])),
  };
}
