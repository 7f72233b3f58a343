import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import { describeField } from '../describe/describeField.js';

/** Number of lines of a long text on a page. */
const linesOfText = 4;

/** One field on a page, with its describe answer. */
export function layoutItem(field: ModelField, type: SObjectType, tabOrder: number): Record<string, unknown> {
  const { createable = false, updateable = false, required = false } = field.definition;
  const item = compactItem(field, type, tabOrder);
  return { ...item, editableForNew: createable, editableForUpdate: updateable, required };
}

/** A field of a compact layout, where nothing can be edited. */
export function compactItem(field: ModelField, type: SObjectType, tabOrder: number): Record<string, unknown> {
  return {
    editableForNew: false,
    editableForUpdate: false,
    label: field.label,
    layoutComponents: [component(field, type, tabOrder)],
    placeholder: false,
    required: false,
  };
}

function component(field: ModelField, type: SObjectType, tabOrder: number): Record<string, unknown> {
  return {
    components: [],
    details: describeField(field, type),
    displayLines: field.definition.type === 'textarea' ? linesOfText : 1,
    tabOrder,
    type: 'Field',
    value: field.name,
  };
}
