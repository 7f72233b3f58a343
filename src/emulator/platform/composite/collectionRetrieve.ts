import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { fieldsNamed, recordOf } from '../records/recordEndpoints.js';
import { typeOfPath } from '../records/rowEndpoints.js';
import { missing, readIds, requireAtMost, unexpected } from './collectionRequest.js';

const path = '/services/data/:version/composite/sobjects/:object';
const mostRecords = 2_000;

/** Returns records of one object by their ids. A GET has as many ids as fit in the address, a POST up to 2,000. */
export function retrieveEndpoints({ store }: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path,
      since: 42,
      handle: (request) => {
        const fields = request.query.get('fields')?.split(',');
        if (fields === undefined) throw missing('fields');
        return retrieve(store, request, { ids: readIds(request, mostRecords), fields });
      },
    },
    { method: 'POST', path, since: 42, handle: (request) => retrieve(store, request, readBody(request)) },
  ];
}

interface Wanted {
  readonly ids: readonly string[];
  readonly fields: readonly string[];
}

function readBody({ body }: OrgRequest): Wanted {
  const { ids, fields } = body.object();
  if (!isTexts(ids)) throw unexpected('ids');
  if (!isTexts(fields)) throw unexpected('fields');
  requireAtMost(mostRecords, ids.length);
  return { ids, fields };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Returns one record per id, in the same order, and null for an unknown id. */
function retrieve(store: Store, request: OrgRequest, wanted: Wanted): OrgResponse {
  const type = typeOfPath(store, request);
  const view = { fields: fieldsNamed(type, wanted.fields, request.version), version: request.version };
  return ok(
    wanted.ids.map((id) => {
      const row = store.get(type.name, id);
      return row ? recordOf(type, row, view) : null;
    }),
  );
}
