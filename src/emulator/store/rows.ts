import type { Stored } from './values/coerce.js';
import type { Field, ObjectModel, SObjectType } from './model/objectModel.js';

/** The look-ups that validation needs in existing rows. They ignore deleted rows. */
export interface Rows {
  readonly model: ObjectModel;
  exists(type: SObjectType, id: string): boolean;
  idsWith(type: SObjectType, field: Field, value: Stored): string[];
}
