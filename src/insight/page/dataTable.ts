import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';

/** The first column names the row; all others are numbers, unless they are said to be text. */
export interface DataTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Names of the columns that are text. */
  readonly textColumns?: readonly string[];
}

/** A table that can be scrolled by keyboard where it is wider than the page. */
export function dataTable({ caption, columns, rows, textColumns = [] }: DataTable): Markup {
  const kind = (index: number): string => (index === 0 || textColumns.includes(columns[index] ?? '') ? '' : 'number');
  return html`<div class="wide" role="group" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column, index) => html`<th scope="col" class="${kind(index)}">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) =>
                index === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${kind(index)}">${cell}</td>`,
              )}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
