import { counted } from '../../base/text/counted.js';
import type { Part } from './draftPart.js';
import type { TypeDraft } from './draftType.js';
import { yamlText } from './yamlText.js';

/** The journal type: from the column that says it, if there is one. Texts that are not in the table are rejected. */
export function typePart(type: TypeDraft | undefined): Part {
  if (!type) {
    const assumed = ['Every row is an accrual. For several types, use `translate` with a column.'];
    return { lines: ['  JournalTypeName: { value: Accrual }'], assumed };
  }
  const { column, known, unknown } = type;
  const table = Array.from(known, ([text, value]) => `${yamlText(text)}: ${value}`).join(', ');
  const lines = [
    `  JournalTypeName: { translate: ${yamlText(column.name)}, to: {${table === '' ? '' : ` ${table} `}} }`,
  ];
  if (unknown.size === 0) {
    return { lines, assumed: [`${column.name} says the type: ${table}. A row with any other text is rejected.`] };
  }
  const texts = Array.from(unknown, ([text, count]) => `${text} (${counted(count, 'row')})`).join(', ');
  const open = `Which journal type is each of these texts of ${column.name}: ${texts}? Add them to the table, or leave such rows out with \`skip\`; until then, they are rejected.`;
  return { lines, open };
}
