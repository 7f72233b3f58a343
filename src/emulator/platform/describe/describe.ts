import type { Clock } from '../../../base/clock.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import type { ObjectModel, SObjectType } from '../../store/model/objectModel.js';
import { isKnown, validators } from '../records/requestConditions.js';
import { childRelationships } from './childRelationships.js';
import { describeField } from './describeField.js';
import { fieldsOfBody } from '../records/recordEndpoints.js';
import { recentRecords } from '../recent/recentRecords.js';
import { typeOfPath } from '../records/rowEndpoints.js';

const path = '/services/data/:version/sobjects';

/**
 * Describes objects and fields. The answers depend only on the object model, which changes only with a deploy.
 */
export function describeEndpoints(org: Org): Endpoint[] {
  const { store, clock } = org;
  const stateOf = modelState(store, clock);
  const unlessKnown = (answer: (request: OrgRequest) => OrgResponse) => (request: OrgRequest) => {
    const state = stateOf();
    return isKnown(request, state) ? { status: 304 } : { ...answer(request), headers: validators(state) };
  };
  return [
    {
      method: 'GET',
      path,
      handle: unlessKnown(({ version }) => ok(describeGlobal(store.model.types, version))),
    },
    {
      method: 'GET',
      path: `${path}/:object`,
      handle: (request) => {
        const { session, version } = request;
        const type = typeOfPath(store, request);
        const recentItems = recentRecords(org, session.userId, version, type);
        return ok({ objectDescribe: summaryOf(type, version), recentItems });
      },
    },
    {
      method: 'GET',
      path: `${path}/:object/describe`,
      handle: unlessKnown((request) => ok(describe(typeOfPath(store, request), request.version, store.model))),
    },
  ];
}

/** Returns a function for the second of the last change of the model. Two changes never have the same one. */
function modelState({ model }: Store, clock: Clock): () => { readonly at: number } {
  let known = model.types;
  let at = Math.floor(clock.now() / 1000) * 1000;
  return () => {
    if (model.types !== known) at = Math.max(Math.floor(clock.now() / 1000) * 1000, at + 1000);
    known = model.types;
    return { at };
  };
}

function describeGlobal(types: readonly SObjectType[], version: number): Record<string, unknown> {
  const visible = types.filter(({ definition }) => definition.since <= version);
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects: visible.map((type) => summaryOf(type, version)) };
}

function summaryOf({ name, definition }: SObjectType, version: number): Record<string, unknown> {
  const { label, labelPlural, keyPrefix, queryable = true, searchable = true } = definition;
  const { createable = false, updateable = false, deletable = false } = definition;
  const url = `/services/data/v${version}.0/sobjects/${name}`;
  return {
    ...{ name, label, labelPlural, keyPrefix, queryable, searchable, createable, updateable, deletable },
    ...{ custom: name.endsWith('__c'), customSetting: false, retrieveable: queryable, undeletable: deletable },
    ...{ replicateable: queryable, triggerable: createable, mergeable: false, layoutable: createable },
    ...{
      activateable: false,
      feedEnabled: false,
      mruEnabled: createable,
      deprecatedAndHidden: false,
      dataTranslationEnabled: null,
    },
    ...{ hasSubtypes: false, isSubtype: false, isInterface: false, deepCloneable: false },
    ...{ associateEntityType: null, associateParentEntity: null, extendedBy: null, extendsInterfaces: null },
    ...{ implementedBy: null, implementsInterfaces: null, defaultImplementation: null },
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

function describe(type: SObjectType, version: number, model: ObjectModel): Record<string, unknown> {
  return {
    ...summaryOf(type, version),
    fields: fieldsOfBody(type, version).map((field) => describeField(field, type)),
    childRelationships: childRelationships(type, model),
    ...{
      recordTypeInfos: [],
      namedLayoutInfos: [],
      actionOverrides: [],
      supportedScopes: everything,
      listviewable: null,
    },
    ...{ lookupLayoutable: null, networkScopeFieldName: null },
    compactLayoutable: type.definition.createable ?? false,
    searchLayoutable: type.definition.createable ?? false,
    sobjectDescribeOption: 'FULL',
  };
}

const everything = [{ label: 'All', name: 'everything' }];
