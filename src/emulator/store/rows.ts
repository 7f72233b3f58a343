import type { Stored } from './values/coerce.js';
import type { Field, ObjectModel, SObjectType } from './model/objectModel.js';

/** What validation asks of the rows that are already there. Deleted rows do not count. */
export interface Rows {
  readonly model: ObjectModel;
  exists(type: SObjectType, id: string): boolean;
  idsWith(type: SObjectType, field: Field, value: Stored): string[];
}
