import { keyText } from './rowNumbering.js';
import type { RowNumbering } from './rowNumbering.js';

/** Numbers nothing: no two events have the same key. */
export const plainNumbering: RowNumbering = {
  restart: undefined,
  number: (parts) => ({ naturalKey: keyText(parts) }),
  doubt: () => undefined,
};
