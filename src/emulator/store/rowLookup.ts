import type { StoredValue } from './values/coerceValue.js';
import type { ModelField, ObjectModel, SObjectType } from './model/objectModel.js';

/** The look-ups that validation needs in existing rows. They ignore deleted rows. */
export interface Rows {
  readonly model: ObjectModel;
  exists(type: SObjectType, id: string): boolean;
  idsWith(type: SObjectType, field: ModelField, value: StoredValue): string[];
}
