import type { FieldType } from '../../../contract/sobject.js';
import { isSortable } from '../../store/model/fieldAbilities.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import { columnFields } from './shownFields.js';

/** A column of a list view. */
export interface ListViewColumn {
  readonly ascendingLabel: string | null;
  readonly descendingLabel: string | null;
  readonly fieldNameOrPath: string;
  readonly hidden: boolean;
  readonly label: string;
  readonly selectListItem: string;
  readonly sortDirection: 'ascending' | null;
  readonly sortIndex: number | null;
  readonly sortable: boolean;
  readonly type: FieldType;
}

/** Fields that each view has without showing them. */
const hiddenFields = ['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'];

export function listViewColumns(type: SObjectType, version: number): ListViewColumn[] {
  const shown = columnFields(type, version).filter(({ name }) => !hiddenFields.includes(name));
  const hidden = hiddenFields.flatMap((name) => type.field(name) ?? []);
  return [
    ...shown.map((field, index) => column(field, { hidden: false, isFirst: index === 0 })),
    ...hidden.map((field) => column(field, { hidden: true, isFirst: shown.length === 0 && field.name === 'Id' })),
  ];
}

/** The query of the view, written as an org writes it. */
export function listViewQuery(type: SObjectType, version: number): string {
  const columns = listViewColumns(type, version);
  const names = columns.map(({ selectListItem }) => selectListItem.toLowerCase());
  const sorted = columns.filter(({ fieldNameOrPath, sortIndex }) => sortIndex === 0 && fieldNameOrPath !== 'Id');
  const order = [...sorted.map(({ fieldNameOrPath }) => fieldNameOrPath), 'Id'];
  const keys = order.map((name) => `${name} ASC NULLS FIRST`).join(', ');
  return `SELECT ${names.join(', ')} FROM ${type.name} ORDER BY ${keys}`;
}

interface Place {
  readonly hidden: boolean;
  /** Whether the view is sorted by it. */
  readonly isFirst: boolean;
}

function column({ name, label, definition }: ModelField, { hidden, isFirst }: Place): ListViewColumn {
  const { type } = definition;
  const sortable = !hidden && isSortable(definition);
  const [ascendingLabel, descendingLabel] = sortable ? sortLabels(type) : [null, null];
  return {
    ...{ ascendingLabel, descendingLabel, fieldNameOrPath: name, hidden, label },
    selectListItem: type === 'picklist' ? `toLabel(${name})` : name,
    ...{ sortDirection: isFirst ? 'ascending' : null, sortIndex: isFirst ? 0 : null, sortable, type },
  };
}

/** What the guide's samples show for texts, phones and picklists; the others are inferred. */
function sortLabels(type: FieldType): readonly [string, string] {
  switch (type) {
    case 'phone':
      return ['9-0', '0-9'];
    case 'date':
    case 'datetime':
      return ['New to Old', 'Old to New'];
    case 'string':
    case 'email':
    case 'url':
      return ['Z-A', 'A-Z'];
    default:
      return ['Low to High', 'High to Low'];
  }
}
