import { STATUS_CODES } from 'node:http';
import type { FaultLine } from './faultLine.js';
import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { amount, shownNumber } from './pageNumbers.js';
import type { ProgramTotal } from './programTotals.js';
import type { RecentRequest } from './recentRequests.js';
import type { RowCount } from './rowCounts.js';

export interface Totals {
  readonly requests: number;
  readonly callsUsed: number;
  readonly callsMax: number;
  /** Milliseconds since the start. */
  readonly uptime: number;
}

export function totalsSection({ requests, callsUsed, callsMax, uptime }: Totals): Markup {
  return html`<dl class="totals">
    <div>
      <dt>Requests</dt>
      <dd>${shownNumber(requests)}</dd>
    </div>
    <div>
      <dt>API calls, 24 h</dt>
      <dd>${shownNumber(callsUsed)} <small>of ${shownNumber(callsMax)}</small></dd>
    </div>
    <div>
      <dt>Running</dt>
      <dd>${duration(uptime)}</dd>
    </div>
  </dl>`;
}

export function faultsSection(faults: readonly FaultLine[]): Markup {
  if (faults.length === 0) return html`<p class="quiet">None: every request is answered normally.</p>`;
  const lines = faults.map(
    ({ what, when, isSpent }) => html`<li><b>${what}</b>${isSpent ? ' (spent)' : ''} <small>${when}</small></li>`,
  );
  return html`<ul class="faults">
    ${lines}
  </ul>`;
}

export function requestsSection(requests: readonly RecentRequest[]): Markup {
  if (requests.length === 0) return html`<p class="quiet">None yet. Send one with the commands of this page.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Time <small>UTC</small></th>
        <th scope="col">Request</th>
        <th scope="col">Status</th>
        <th scope="col" class="number">ms</th>
      </tr>
    </thead>
    <tbody>
      ${requests.map(requestRow)}
    </tbody>
  </table>`;
}

function requestRow({ at, method, url, status, milliseconds, fault }: RecentRequest): Markup {
  const time = new Date(at).toISOString();
  return html`<tr>
    <td><time datetime="${time}">${time.slice(11, 19)}</time></td>
    <td class="request"><b>${method}</b> ${readable(url)} ${fault === undefined ? '' : html`<em>${fault}</em>`}</td>
    <td>${statusBadge(status)}</td>
    <td class="number">${milliseconds.toFixed(1)}</td>
  </tr>`;
}

/** Status 0 means that a fault prevented the answer. */
function statusBadge(status: number): Markup {
  if (status === 0) return html`<span class="status s5">none</span>`;
  return html`<span class="status s${Math.floor(status / 100)}" title="${STATUS_CODES[status] ?? ''}">${status}</span>`;
}

/** Decodes an address, so SOQL in it is readable. */
function readable(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    return url;
  }
}

export function objectsSection(counts: readonly RowCount[]): Markup {
  return html`<ul class="objects">
    ${counts.map(
      ({ name, label, count, isExact }) =>
        html`<li>
          <span>${label} <code>${name}</code></span> <b>${isExact ? '' : '≈ '}${shownNumber(count)}</b>
        </li>`,
    )}
  </ul>`;
}

/** @param programs undefined if there are too many rows to add up */
export function programsSection(programs: readonly ProgramTotal[] | undefined): Markup {
  if (!programs) return html`<p class="quiet">Too many members to add up without delaying requests.</p>`;
  if (programs.length === 0) return html`<p class="quiet">None yet. Start the org with <code>--example</code>.</p>`;
  return html`${programs.map(programTotal)}`;
}

function programTotal({ name, members, issued, tiers }: ProgramTotal): Markup {
  const counts = [
    { label: 'Members', value: shownNumber(members) },
    ...issued.map(({ currency, points }) => ({ label: `${currency} issued`, value: amount(points) })),
    ...tiers.map((each) => ({ label: each.tier, value: shownNumber(each.members) })),
  ];
  return html`<h3>${name}</h3>
    <dl class="totals">
      ${counts.map(
        ({ label, value }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'under a minute';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
