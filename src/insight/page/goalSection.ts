import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { goalWords } from '../goals/goalWords.js';
import type { ReportedGoal } from '../goals/reportedGoals.js';
import { measureText } from '../measureText.js';
import type { ProgramReport } from '../programReport.js';
import { goalBar } from './charts/goalBar.js';
import { dataTable } from './dataTable.js';
import { dayWords } from './dayWords.js';
import { roundText } from './numberWords.js';

/** Goals as bars: the mark at the end is the number, the one before it what is expected by now. */
export function goalSection({ goals }: ProgramReport): Markup {
  if (goals.length === 0) return html``;
  return html`<section aria-labelledby="goals">
    <h2 id="goals" tabindex="-1">Goals</h2>
    <p class="note">
      The thin mark is where a straight line to the target would be by now, the thick one is the target.
    </p>
    <figure class="plain" aria-labelledby="goals">
      <ul class="goals">
        ${goals.map(goalItem)}
      </ul>
      <details>
        <summary>Numbers<span class="hidden"> of the goals</span></summary>
        ${dataTable(tableOf(goals))}
      </details>
    </figure>
  </section>`;
}

function goalItem(goal: ReportedGoal, index: number): Markup {
  const { title, state, unit, value, number, atMost, date } = goal;
  const target = `${atMost ? 'at most' : 'target'} ${roundText(number, unit)} by ${dayWords(date)}`;
  const words = {
    ...{ id: `goal-${index + 1}`, title },
    text: `${goalWords[state]}: ${roundText(value, unit)}, ${target}.`,
  };
  return html`<li>
    <p class="goal"><b>${title}</b> <span class="state ${state}">${goalWords[state]}</span></p>
    ${goalBar(words, goal)}
    <p class="note"><b>${roundText(value, unit)}</b>, ${target}</p>
  </li>`;
}

function tableOf(goals: readonly ReportedGoal[]): Parameters<typeof dataTable>[0] {
  return {
    caption: 'Goals',
    columns: ['Goal', 'State', 'Value', 'Expected by now', 'Target', 'First day', 'Day'],
    textColumns: ['State', 'First day', 'Day'],
    rows: goals.map(({ title, state, value, expected, number, unit, atMost, from, date }) => [
      title,
      goalWords[state],
      measureText(value, unit),
      measureText(expected, unit),
      `${atMost ? '≤ ' : ''}${measureText(number, unit)}`,
      from,
      date,
    ]),
  };
}
