import { opportunityStage, opportunityStages } from '../../../contract/objects/opportunityStage.js';
import { toRecordId } from '../../store/ids/idSequence.js';
import { setUpAt } from './changeTimes.js';
import type { MadeRow } from './madeRow.js';

/** An `OpportunityStage` for each stage of a new org. */
export function opportunityStageRows(): MadeRow[] {
  return Object.entries(opportunityStages).map(([name, { probability, forecastCategory, isClosed, isWon }], index) => ({
    Id: toRecordId(opportunityStage.keyPrefix, index + 1),
    ...{ ApiName: name, MasterLabel: name, SortOrder: index + 1, IsActive: 1, DefaultProbability: probability },
    ...{ ForecastCategory: forecastCategory, ForecastCategoryName: forecastCategory },
    ...{ IsClosed: Number(isClosed), IsWon: Number(isWon) },
    ...{ CreatedDate: setUpAt, LastModifiedDate: setUpAt, SystemModstamp: setUpAt },
  }));
}
