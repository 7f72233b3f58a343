import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { notFound } from '../../orgRefusal.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { typeOfPath } from '../records/rowEndpoints.js';
import { layoutItem } from './layoutItems.js';
import { madeIdOf, masterRecordType } from './madeIds.js';
import { pageFields } from './shownFields.js';

const sobjects = '/services/data/:version/sobjects';
const columns = 2;

/**
 * Page layouts. Nobody designs pages here, so each object that can be created has one page with all of its fields. There
 * are no buttons, quick actions or related lists.
 */
export function pageLayoutEndpoints({ store }: Org): Endpoint[] {
  const path = `${sobjects}/:object/describe`;
  return [
    { method: 'GET', path: `${path}/layouts`, handle: (request) => ok(layouts(store, request)) },
    { method: 'GET', path: `${path}/layouts/:recordType`, handle: (request) => ok(layoutOfType(store, request)) },
    // No object has a named layout here. Users have one in a real org, which has fields for mobile devices.
    { method: 'GET', path: `${path}/namedLayouts/:layout`, handle: (request) => ok(namedLayout(store, request)) },
    { method: 'GET', path: `${path}/approvalLayouts`, handle: (request) => ok(approvals(store, request)) },
    { method: 'GET', path: `${sobjects}/Global/describe/layouts`, handle: () => ok(globalLayouts()) },
  ];
}

function layouts(store: Store, request: OrgRequest): Record<string, unknown> {
  const type = layoutable(store, request);
  const urls = {
    layout: `/services/data/v${request.version}.0/sobjects/${type.name}/describe/layouts/${masterRecordType}`,
  };
  return {
    layouts: [layoutOf(type, request.version)],
    recordTypeMappings: [
      {
        ...{ active: true, available: true, defaultRecordTypeMapping: true, developerName: 'Master' },
        ...{ layoutId: madeIdOf('layout', type), master: true, name: 'Master', picklistsForRecordType: [] },
        ...{ recordTypeId: masterRecordType, urls },
      },
    ],
    recordTypeSelectorRequired: [false],
  };
}

function layoutOfType(store: Store, request: OrgRequest): Record<string, unknown> {
  const type = layoutable(store, request);
  if (to18(request.params['recordType'] ?? '') !== masterRecordType) throw notFound();
  return layoutOf(type, request.version);
}

function namedLayout(store: Store, request: OrgRequest): never {
  layoutable(store, request);
  throw notFound();
}

/** Empty, because no object has an approval process. */
function approvals(store: Store, request: OrgRequest): Record<string, unknown> {
  layoutable(store, request);
  return { approvalLayouts: [] };
}

/** @throws {OrgRefusal} 404 NOT_FOUND for an object that only the org writes, and so has no page */
export function layoutable(store: Store, request: OrgRequest): SObjectType {
  const type = typeOfPath(store, request);
  if (!type.definition.createable) throw notFound();
  return type;
}

function layoutOf(type: SObjectType, version: number): Record<string, unknown> {
  const fields = pageFields(type, version);
  const writable = fields.filter(({ definition }) => definition.createable ?? definition.updateable ?? false);
  return {
    ...emptyLayout(madeIdOf('layout', type)),
    buttonLayoutSection: { detailButtons: [] },
    detailLayoutSections: [section(fields, type)],
    editLayoutSections: [section(writable, type)],
  };
}

function globalLayouts(): Record<string, unknown> {
  return { layouts: [emptyLayout(null)], recordTypeMappings: [], recordTypeSelectorRequired: [false] };
}

function emptyLayout(id: string | null): Record<string, unknown> {
  return {
    ...{ buttonLayoutSection: null, detailLayoutSections: [], editLayoutSections: [], feedView: null },
    ...{ highlightsPanelLayoutSection: null, id, multirowEditLayoutSections: [], offlineLinks: [] },
    ...{ quickActionList: { quickActionListItems: [] }, relatedContent: null, relatedLists: [], saveOptions: [] },
  };
}

function section(fields: readonly ModelField[], type: SObjectType): Record<string, unknown> {
  const items = fields.map((field, index) => layoutItem(field, type, index + 1));
  const count = Math.ceil(items.length / columns);
  const layoutRows = Array.from({ length: count }, (_, row) => {
    const layoutItems = items.slice(row * columns, (row + 1) * columns);
    return { layoutItems, numItems: layoutItems.length };
  });
  return {
    ...{ collapsed: false, columns, heading: `${type.definition.label} Information`, layoutRows },
    ...{ layoutSectionId: null, parentLayoutId: madeIdOf('layout', type), rows: count, tabOrder: 'LeftToRight' },
    ...{ useCollapsibleSection: false, useHeading: true },
  };
}
