import type { Org } from '../../org.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import { timeOfChange } from './changeTimes.js';
import type { TimeOfChange } from './changeTimes.js';
import type { Asker, MadeRow } from './madeRow.js';

/** An `EntityDefinition` for each object of the API version. */
export function entityRows(org: Org, { version }: Asker): MadeRow[] {
  const changedAt = timeOfChange(org);
  const visible = org.store.model.types.filter(({ definition }) => definition.since <= version);
  return visible.map((type) => entityRow(type, changedAt));
}

function entityRow({ name, definition }: SObjectType, changedAt: TimeOfChange): MadeRow {
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
    LastModifiedDate: changedAt({ type: 'CustomObject', fullName: name }),
    ...Object.fromEntries(Object.entries(can).map(([flag, value]) => [flag, Number(value)])),
  };
}
