import { createHash } from 'node:crypto';
import { script } from './pageScript.js';
import { style } from './pageStyle.js';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  // For the search form, in browsers that do not run the script.
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Headers of all answers of the page. */
export const pageHeaders = {
  'content-security-policy': policy.join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};
