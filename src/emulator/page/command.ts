import { html, type Markup } from './markup.js';

/**
 * Lines for a terminal, in reach of the keyboard because they may have to be scrolled, with a button that copies them.
 * Without the script there is no button.
 */
export function command(label: string, lines: readonly string[]): Markup {
  return html`<div class="command">
    <div>
      <h3>${label}</h3>
      <button class="copy" type="button" aria-label="Copy: ${label}">Copy</button>
    </div>
    <pre tabindex="0" role="group" aria-label="${label}"><code>${lines.join('\n')}</code></pre>
  </div>`;
}
