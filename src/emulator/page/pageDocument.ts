import { commandToCopy } from './commandToCopy.js';
import { html, verbatim } from '../../base/text/htmlMarkup.js';
import type { Markup } from '../../base/text/htmlMarkup.js';
import { failTwice, keepAndEnd, logInCommands, nearReward, useOnce } from './pageCommands.js';
import { script } from './pageScript.js';
import { style } from './pageStyle.js';

export interface Frame {
  readonly url: string;
  /** Version of this package. */
  readonly version: string;
  /** Token to log in with: any well-formed token, or a placeholder for the token that was issued. */
  readonly token: string;
  /** Text to search for among the members. Empty if there is no search. */
  readonly search: string;
}

/** Parts of the page that are redrawn, by the ids of their elements. */
export type Parts = Readonly<
  Record<'faults' | 'found' | 'members' | 'objects' | 'programs' | 'requests' | 'totals', Markup>
>;

// These must be byte for byte the texts whose hashes are in the policy.
const styleElement = verbatim(`<style>${style}</style>`);
const scriptElement = verbatim(`<script>${script}</script>`);

/** Renders the whole page. It loads nothing else, and shows everything even without its script. */
export function pageDocument(frame: Frame, parts: Parts): Markup {
  const { url } = frame;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Local loyalty org · ${url}</title>
        <link rel="icon" href="data:," />
        ${styleElement}
      </head>
      <body>
        <a class="skip" href="#members-heading">Skip to members</a>
        ${header(frame, parts.totals)}
        <main>
          <div class="column">
            ${section('programs', 'Programs', parts.programs)} ${membersOf(frame, parts)}
            ${folded(
              'requests',
              'Requests',
              html`<p class="quiet">The last 50, newest first.</p>
                <div id="requests" role="group" aria-label="Last requests" tabindex="0">${parts.requests}</div>`,
            )}
          </div>
          <div class="column">
            ${howTo(frame)} ${faultsOf(url, parts)}
            ${folded('objects', 'Objects with records', html`<div id="objects">${parts.objects}</div>`)}
          </div>
        </main>
        ${scriptElement}
      </body>
    </html> `;
}

function header({ url, version }: Frame, totals: Markup): Markup {
  return html`<header>
    <div class="name">
      <h1>Local loyalty org</h1>
      <p><code>${url}</code> · version ${version}</p>
    </div>
    <p class="live">
      <span id="live" role="status">As of now. Reload for more.</span>
      <button id="pause" type="button" aria-pressed="false" hidden>Pause</button>
    </p>
    <div id="totals">${totals}</div>
  </header>`;
}

function section(id: keyof Parts, heading: string, content: Markup): Markup {
  return html`<section aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    <div id="${id}">${content}</div>
  </section>`;
}

/** A section that can be folded. The script folds it if the window is narrow. */
function folded(id: string, heading: string, content: Markup): Markup {
  return html`<section aria-labelledby="${id}-heading">
    <details class="fold" open>
      <summary><h2 id="${id}-heading">${heading}</h2></summary>
      ${content}
    </details>
  </section>`;
}

function membersOf({ search }: Frame, { found, members }: Parts): Markup {
  return html`<section aria-labelledby="members-heading">
    <h2 id="members-heading" tabindex="-1">Members</h2>
    <form id="search" role="search" action="/" method="get">
      <label for="member">Name, e-mail or number</label>
      <input id="member" name="member" type="search" value="${search}" maxlength="100" autocomplete="off" />
      <button type="submit">Search</button>
    </form>
    <p id="found" role="status" class="quiet">${found}</p>
    <div id="members">${members}</div>
    ${commandToCopy('Members near a reward', nearReward())}
  </section>`;
}

function faultsOf(url: string, { faults }: Parts): Markup {
  return folded(
    'faults',
    'Faults that are on',
    html`<div id="faults">${faults}</div>
      ${commandToCopy('Let the next two calls fail', failTwice(url))}`,
  );
}

function howTo({ url, token }: Frame): Markup {
  return folded(
    'use',
    'Point sf at it',
    html` ${commandToCopy('Log in once', logInCommands({ url, token }))}
    ${commandToCopy('Or leave no trace', useOnce({ url, token }))}
    ${commandToCopy('Keep what is here, and end it', keepAndEnd(url))}`,
  );
}
