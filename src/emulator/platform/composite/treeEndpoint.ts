import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { typeOfPath } from '../records/rowEndpoints.js';
import { insertRecord } from '../files/writeFile.js';
import { repeated } from './repeatedReference.js';
import { collectionRowError, toRowError } from './rowResult.js';
import type { CollectionError } from './rowResult.js';
import { TreeReader } from './treeRequest.js';
import type { TreeRecord } from './treeRequest.js';

/** Creates records with their children: all of them or none. */
export function treeEndpoints({ store }: Org): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/services/data/:version/composite/tree/:object',
      since: 34,
      handle: (request) => createTree(store, request),
    },
  ];
}

interface Flaw {
  readonly referenceId: string;
  readonly errors: readonly CollectionError[];
}

function createTree(store: Store, request: OrgRequest): OrgResponse {
  const type = typeOfPath(store, request);
  const records = new TreeReader(store, request.version).read(request.body.object(), type);
  const twice = [...repeated(records.map(({ referenceId }) => referenceId))];
  const duplicate = collectionRowError('INVALID_INPUT', 'Duplicate ReferenceId provided in the request.');
  if (twice.length > 0) return flawed(twice.map((referenceId) => ({ referenceId, errors: [duplicate] })));
  return insertAll(store, request, records);
}

function insertAll(store: Store, request: OrgRequest, records: readonly TreeRecord[]): OrgResponse {
  try {
    const results = store.transaction(() => {
      const insertion = new Insertion(store, request);
      for (const record of records) insertion.insert(record);
      if (insertion.flaws.length > 0) throw new Flawed(insertion.flaws);
      return records.map((record) => ({ referenceId: record.referenceId, id: insertion.ids.get(record) }));
    });
    return { status: 201, body: { hasErrors: false, results } };
  } catch (error) {
    if (error instanceof Flawed) return flawed(error.flaws);
    throw error;
  }
}

class Insertion {
  readonly ids = new Map<TreeRecord, string>();
  readonly flaws: Flaw[] = [];

  readonly #store: Store;
  readonly #request: OrgRequest;

  constructor(store: Store, request: OrgRequest) {
    this.#store = store;
    this.#request = request;
  }

  /** Skips the children of a refused record, because they have no parent to refer to. */
  insert(record: TreeRecord): void {
    const { type, referenceId, given, parent } = record;
    const parentId = parent && this.ids.get(parent.record);
    if (parent && parentId === undefined) return;
    const values = parent ? { ...given, [parent.field.name]: parentId } : given;
    try {
      this.ids.set(record, insertRecord(this.#store, type, { given: values, userId: this.#request.session.userId }));
    } catch (error) {
      this.flaws.push({ referenceId, errors: [toRowError(error)] });
    }
  }
}

/** The answer lists only the refused records. */
function flawed(flaws: readonly Flaw[]): OrgResponse {
  return { status: 400, body: { hasErrors: true, results: flaws } };
}

/** Thrown to undo the transaction. */
class Flawed extends Error {
  override readonly name = 'Flawed';

  constructor(readonly flaws: readonly Flaw[]) {
    super('A record was refused');
  }
}
