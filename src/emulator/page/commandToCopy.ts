import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';

/**
 * Shows lines for a terminal, with a button that copies them. The lines can get the keyboard's focus, because they may
 * need to be scrolled. Without the script there is no button.
 */
export function commandToCopy(label: string, lines: readonly string[]): Markup {
  return html`<div class="command">
    <div>
      <h3>${label}</h3>
      <button class="copy" type="button" aria-label="Copy: ${label}">Copy</button>
    </div>
    <pre tabindex="0" role="group" aria-label="${label}"><code>${lines.join('\n')}</code></pre>
  </div>`;
}
