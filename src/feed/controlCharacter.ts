import { errorOfCell } from './rowError.js';
import type { RowError } from './rowError.js';

const control = /\p{Cc}/u;

/**
 * Returns whether a value has a control character. These characters are invisible, and an org may keep or remove them,
 * so a journal stored under such a key might not be found again.
 */
export function hasControlCharacter(value: string): boolean {
  return control.test(value);
}

export function controlCharacter(column: string, value: string): RowError {
  const code = control.exec(value)?.[0].codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return errorOfCell(
    'control-character',
    column,
    value,
    `has the control character ${name}, which the org may leave out`,
  );
}
