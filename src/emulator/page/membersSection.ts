import { html } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import type { MemberView, PromotionView } from './memberViews.js';
import { amount, shownNumber } from './pageNumbers.js';
import { promotionsOf } from './pageCommands.js';

/** Number of members shown before "more". A phone has no room for more. */
const mostAtOnce = 4;

/** Tells how many members a search found. */
export function foundSection(search: string, count: number): Markup {
  if (search === '') return html`Members nearest to a reward first, then those with the latest transactions.`;
  if (count === 0) return html`No member matches “${search}”.`;
  return html`${shownNumber(count)} ${count === 1 ? 'member matches' : 'members match'} “${search}”.`;
}

export function membersSection(members: readonly MemberView[], search: string): Markup {
  if (members.length === 0) {
    return search === ''
      ? html`<p class="quiet">None yet. Enroll one, or start the org with <code>--example</code>.</p>`
      : html`<p class="quiet">Try a part of a name, an e-mail address or a membership number.</p>`;
  }
  const others = members.slice(mostAtOnce);
  return html`${cards(members.slice(0, mostAtOnce))}
  ${
    others.length === 0
      ? ''
      : html`<details id="more-members">
          <summary>${shownNumber(others.length)} more</summary>
          ${cards(others)}
        </details>`
  }`;
}

function cards(members: readonly MemberView[]): Markup {
  return html`<ul class="members">
    ${members.map(memberCard)}
  </ul>`;
}

function memberCard({ name, membershipNumber, program, status, tiers, balances, promotions }: MemberView): Markup {
  const badges = [...(status === 'Active' ? [] : [status]), ...tiers].map(
    (text) => html`<span class="badge">${text}</span>`,
  );
  const shown = name === '' ? membershipNumber : name;
  return html`<li>
    <h3>${shown} ${badges}</h3>
    <p class="quiet">${membershipNumber}${program === '' ? '' : ` · ${program}`}</p>
    <dl class="balances">
      ${balances.map(
        ({ currency, points }) =>
          html`<div>
            <dt>${currency}</dt>
            <dd>${amount(points)}</dd>
          </div>`,
      )}
    </dl>
    ${promotions.map(progressBar)}
    <p class="command">
      <code>${promotionsOf(membershipNumber)}</code>
      <button class="copy" type="button" aria-label="Copy: promotions of ${shown}">Copy</button>
    </p>
  </li>`;
}

function progressBar({ name, completed, target }: PromotionView): Markup {
  const { short, long } = wordsFor(completed, target);
  const value = Math.max(0, Math.min(completed, target));
  return html`<div class="progress">
    <span>${name}</span> <b>${short}</b>
    <progress max="${target}" value="${value}" aria-label="${name}: ${long}"></progress>
    <small>${long}</small>
  </div>`;
}

/** Counting continues after the target is reached, so the text says how often it was reached instead of "1430 %". */
function wordsFor(completed: number, target: number): { short: string; long: string } {
  const times = Math.floor(completed / target);
  const counted = `${amount(completed)} of ${amount(target)}`;
  if (times < 1) return { short: `${Math.floor((completed / target) * 100)} %`, long: counted };
  const short = times === 1 ? 'reached' : `reached ${shownNumber(times)} times`;
  return { short, long: times === 1 ? counted : `${amount(completed)} in all, ${amount(target)} each` };
}
