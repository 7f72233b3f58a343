import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import type { MeasureKey } from '../kpi/measureDefinitions.js';
import { changeText, measureText } from '../measureText.js';
import type { ProgramReport, ReportedMeasure } from '../programReport.js';
import { periodWords } from './dayWords.js';
import { roundText } from './numberWords.js';

/** What is read from afar. */
const headlines: readonly MeasureKey[] = [
  'members',
  'activeMembers',
  'revenue',
  'purchases',
  'repeatPurchaseRate',
  'averageOrderValue',
  'redemptionRate',
  'pointsLiability',
];

/** The most important measures, each beside the period before. Those without a value are left out. */
export function kpiSection({ measures, previous }: ProgramReport): Markup {
  const shown = headlines.flatMap((key) => measures.filter((measure) => measure.key === key && measure.value !== null));
  return html`<section aria-labelledby="glance">
    <h2 id="glance" tabindex="-1">At a glance</h2>
    <p class="note">Compared with ${periodWords(previous)}.</p>
    <dl class="kpis">${shown.map(kpi)}</dl>
  </section>`;
}

function kpi(measure: ReportedMeasure): Markup {
  const { label, value, previous, unit } = measure;
  const change = changeText(measure);
  return html`<div>
    <dt>${label}</dt>
    <dd class="value">${roundText(value, unit)}</dd>
    <dd class="before">
      ${change === '' ? '' : html`<b>${change}</b> `}${
        previous === null ? 'no value before' : `from ${roundText(previous, unit)}`
      }
    </dd>
  </div>`;
}

/** Cells of a table with all measures. */
export function measureRows(measures: readonly ReportedMeasure[]): string[][] {
  return measures.map((measure) => [
    measure.label,
    measureText(measure.value, measure.unit),
    measureText(measure.previous, measure.unit),
    changeText(measure),
  ]);
}
