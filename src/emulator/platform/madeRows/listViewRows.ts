import type { ObjectModel } from '../../store/model/objectModel.js';
import { madeIdOf } from '../layouts/madeIds.js';
import { listViewName } from '../layouts/listViews.js';
import { setUpAt } from './changeTimes.js';
import type { MadeRow } from './madeRow.js';

/** A `ListView` for each object that has one. */
export function listViewRows({ types }: ObjectModel, version: number): MadeRow[] {
  return types
    .filter(({ definition }) => definition.createable === true && definition.since <= version)
    .map((type) => {
      const { developerName, label } = listViewName(type);
      return {
        Id: madeIdOf('listView', type),
        ...{ DeveloperName: developerName, Name: label, SobjectType: type.name, IsSoqlCompatible: 1 },
        ...{ CreatedDate: setUpAt, LastModifiedDate: setUpAt, SystemModstamp: setUpAt },
      };
    });
}
