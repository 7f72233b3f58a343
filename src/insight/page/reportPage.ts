import { createHash } from 'node:crypto';
import { html, verbatim } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import type { ProgramReport } from '../programReport.js';
import { dayWords, periodWords } from './dayWords.js';
import { eventSection } from './eventSection.js';
import { goalSection } from './goalSection.js';
import { kpiSection } from './kpiSection.js';
import { measureSection } from './measureSection.js';
import { memberSection } from './memberSection.js';
import { pointsSection, salesSection } from './monthSections.js';
import { pageMark } from './pageMark.js';
import { reportStyle } from './reportStyle.js';
import { rewardSection } from './rewardSection.js';

/** What the page says besides the report. */
export interface ReportPageFrame {
  /** Name of the program. */
  readonly program: string;
  /** The day that it is in the org, `yyyy-MM-dd`. */
  readonly today: string;
}

/** Nothing but the page's own style is allowed: no script, no picture, no form, no address. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// This must be byte for byte the text whose hash is in the policy.
const styleElement = verbatim(`<style>${reportStyle}</style>`);

/**
 * Returns a report as one page of HTML that loads nothing and has no script: charts in SVG, each with its numbers in a
 * table. It can be read on a phone, on paper, by keyboard and by a screen reader, in light and in the dark.
 */
export function reportPage(report: ProgramReport, frame: ReportPageFrame): string {
  const { program, today } = frame;
  const parts = sectionsOf(report);
  const title = `${program}, ${periodWords(report.period)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="${pageMark}" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <a class="skip" href="#glance">Skip to the numbers</a>
        <header>
          <p class="kind">Loyalty program report</p>
          <h1>${program}</h1>
          <p class="period">${periodWords(report.period)}${today <= report.period.to ? ', so far' : ''}</p>
          <nav aria-label="Parts of the report">
            <ul>
              ${parts.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${parts.map(({ content }) => content)}</main>
        <footer>
          <p>
            Days are those of the org’s time zone. Canceled and unprocessed transactions do not count. Written on
            ${dayWords(today)}.
          </p>
        </footer>
      </body>
    </html> `.text;
}

interface PagePart {
  readonly id: string;
  readonly name: string;
  readonly content: Markup;
}

function sectionsOf(report: ProgramReport): PagePart[] {
  const parts: PagePart[] = [
    { id: 'glance', name: 'At a glance', content: kpiSection(report) },
    { id: 'goals', name: 'Goals', content: goalSection(report) },
    { id: 'sales', name: 'Sales', content: salesSection(report) },
    { id: 'members', name: 'Members', content: memberSection(report) },
    { id: 'points', name: 'Points', content: pointsSection(report) },
    { id: 'rewards', name: 'Promotions and vouchers', content: rewardSection(report) },
    { id: 'events', name: 'Events', content: eventSection(report) },
    { id: 'measures', name: 'All measures', content: measureSection(report) },
  ];
  return parts.filter(({ content }) => content.text !== '');
}
