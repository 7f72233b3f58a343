import { STATUS_CODES } from 'node:http';
import type { FaultLine } from './faultLine.js';
import { html, type Markup } from './markup.js';
import type { MemberView, PromotionView } from './memberViews.js';
import type { RecentRequest } from './recentRequests.js';
import type { RowCount } from './rowCounts.js';

const number = new Intl.NumberFormat('en');
/** Points and money: as many decimals as there are, at most two. */
const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

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
      <dd>${number.format(requests)}</dd>
    </div>
    <div>
      <dt>API calls, 24 h</dt>
      <dd>${number.format(callsUsed)} <small>of ${number.format(callsMax)}</small></dd>
    </div>
    <div>
      <dt>Running</dt>
      <dd>${duration(uptime)}</dd>
    </div>
  </dl>`;
}

export function faultsSection(faults: readonly FaultLine[]): Markup {
  if (faults.length === 0) return html`<p class="quiet">None: every request is answered as it should be.</p>`;
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

/** 0: a fault took the answer away. */
function statusBadge(status: number): Markup {
  if (status === 0) return html`<span class="status s5">none</span>`;
  return html`<span class="status s${Math.floor(status / 100)}" title="${STATUS_CODES[status] ?? ''}">${status}</span>`;
}

/** SOQL in an address, as somebody wrote it. */
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
          <span>${label} <code>${name}</code></span> <b>${isExact ? '' : '≈ '}${number.format(count)}</b>
        </li>`,
    )}
  </ul>`;
}

export function membersSection(members: readonly MemberView[]): Markup {
  if (members.length === 0) return html`<p class="quiet">None yet. Enroll one, or create a program with members.</p>`;
  return html`<ul class="members">
    ${members.map(memberCard)}
  </ul>`;
}

function memberCard({ name, membershipNumber, program, status, tiers, balances, promotions }: MemberView): Markup {
  const badges = [...(status === 'Active' ? [] : [status]), ...tiers].map(
    (text) => html`<span class="badge">${text}</span>`,
  );
  return html`<li>
    <h3>${name === '' ? membershipNumber : name} ${badges}</h3>
    <p class="quiet">${membershipNumber}${program === '' ? '' : ` · ${program}`}</p>
    <dl class="balances">
      ${balances.map(
        ({ currency, points }) =>
          html`<div>
            <dt>${currency}</dt>
            <dd>${amount.format(points)}</dd>
          </div>`,
      )}
    </dl>
    ${promotions.map(progressBar)}
  </li>`;
}

function progressBar({ name, completed, target }: PromotionView): Markup {
  const percent = Math.floor((completed / target) * 100);
  const value = Math.max(0, Math.min(completed, target));
  return html`<div class="progress">
    <span>${name}</span> <b>${percent} %</b>
    <progress
      max="${target}"
      value="${value}"
      aria-label="${name}: ${amount.format(completed)} of ${amount.format(target)}"
    ></progress>
    <small>${amount.format(completed)} of ${amount.format(target)}</small>
  </div>`;
}

function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'under a minute';
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
