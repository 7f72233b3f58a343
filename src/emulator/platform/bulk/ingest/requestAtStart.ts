import type { ObjectModel } from '../../../store/model/objectModel.js';
import { JobFailure } from '../bulkErrors.js';
import type { IngestRequest } from './ingestJob.js';

/**
 * Returns what a job asks for with the object and the key field as they are when its rows are read: a deploy may have
 * changed both since the job was created.
 *
 * @throws {JobFailure} when one of them was deleted
 */
export function requestAtStart(request: IngestRequest, model: ObjectModel): IngestRequest {
  const { externalId } = request;
  const type = model.type(request.type.name);
  if (!type) throw new JobFailure('InvalidBatch', `Unable to find object: ${request.type.name}`);
  if (!externalId) return { ...request, type };
  const key = type.field(externalId.name);
  if (!key) throw new JobFailure('InvalidBatch', `Field name not found : ${externalId.name}`);
  return { ...request, type, externalId: key };
}
