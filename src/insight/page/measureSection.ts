import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import type { ProgramReport } from '../programReport.js';
import { dataTable } from './dataTable.js';
import { measureRows } from './kpiSection.js';

const columns = ['Measure', 'Now', 'Before', 'Change'];

/** All measures, as a whole and by group, and what they mean. */
export function measureSection({ measures, groups }: ProgramReport): Markup {
  return html`<section aria-labelledby="measures">
    <h2 id="measures" tabindex="-1">All measures</h2>
    ${dataTable({ caption: 'All members', columns, rows: measureRows(measures) })}
    ${groups.map(
      ({ group, measures: some }) =>
        html`<h3>${group || 'None'}</h3>
          ${dataTable({ caption: `Group: ${group || 'None'}`, columns, rows: measureRows(some) })}`,
    )}
    <details>
      <summary>What the measures mean</summary>
      <dl class="meanings">
        ${measures.map(
          ({ label, meaning }) =>
            html`<dt>${label}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </details>
  </section>`;
}
