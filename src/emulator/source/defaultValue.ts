import type { FieldDefinition } from '../../contract/sobject.js';
import type { MetadataElement } from './metadataElement.js';

const numeric = ['double', 'currency', 'percent'];

/**
 * Reads `<defaultValue>`, which is a formula. The local org supports only constants: `"text"`, `12.5`, `true`.
 *
 * @param warn called for any other formula
 */
export function defaultValueOf(
  field: MetadataElement,
  { type }: FieldDefinition,
  warn: (warning: Error) => void,
): Pick<FieldDefinition, 'defaultValue'> {
  const formula = field.text('defaultValue');
  if (formula === undefined) return {};
  if (type === 'boolean' && /^(true|false)$/i.test(formula)) return { defaultValue: formula.toLowerCase() === 'true' };
  if (numeric.includes(type) && /^-?(\d+\.?\d*|\.\d+)$/.test(formula)) return { defaultValue: Number(formula) };
  const text = /^"((?:[^"\\]|\\.)*)"$/s.exec(formula) ?? /^'((?:[^'\\]|\\.)*)'$/s.exec(formula);
  if (type !== 'boolean' && !numeric.includes(type) && text) {
    return { defaultValue: (text[1] ?? '').replace(/\\(.)/gs, '$1') };
  }
  warn(
    field.error(
      'defaultValue',
      `is the formula ${formula}, which the local org does not compute, so the field has no default value`,
    ),
  );
  return {};
}
