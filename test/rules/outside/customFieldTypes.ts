import type { CustomFields } from '../../../src/emulator/index.js';

type Field = CustomFields[string][string];
const written = { createable: true, updateable: true };

export const textField = (): Field => ({ type: 'string', length: 255, ...written });
export const double = (): Field => ({ type: 'double', precision: 18, scale: 2, ...written });
export const boolean = (): Field => ({ type: 'boolean', defaultValue: false, ...written });
