import { html, type Markup, verbatim } from './markup.js';
import { script } from './script.js';
import { style } from './style.js';

export interface Frame {
  readonly url: string;
  /** Of this package. */
  readonly version: string;
  /** What to log in with: any well-formed token, or a place to put the one that was issued. */
  readonly token: string;
}

/** Parts of the page that are drawn again and again, under the ids of their elements. */
export type Parts = Readonly<Record<'faults' | 'members' | 'objects' | 'requests' | 'totals', Markup>>;

// Byte for byte what the policy has the hashes of.
const styleElement = verbatim(`<style>${style}</style>`);
const scriptElement = verbatim(`<script>${script}</script>`);

/** The whole page. It needs nothing else, and shows everything without its script. */
export function pageDocument({ url, version, token }: Frame, parts: Parts): Markup {
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
        <header>
          <div class="name">
            <h1>Local loyalty org</h1>
            <p><code>${url}</code> · version ${version}</p>
          </div>
          <p class="live">
            <span id="live" role="status">As of now. Reload for more.</span>
            <button id="pause" type="button" aria-pressed="false" hidden>Pause</button>
          </p>
          <div id="totals">${parts.totals}</div>
        </header>
        <main>
          <div class="column">
            ${section('members', 'Members', 'Those with the last transactions, then the newest.', parts.members)}
            <section aria-labelledby="requests-heading">
              <h2 id="requests-heading">Requests</h2>
              <p class="quiet">The last 50, newest first.</p>
              <div id="requests" role="region" aria-labelledby="requests-heading" tabindex="0">${parts.requests}</div>
            </section>
          </div>
          <div class="column">
            ${howTo(url, token)} ${section('faults', 'Faults that are on', '', parts.faults)}
            ${section('objects', 'Objects with records', '', parts.objects)}
          </div>
        </main>
        ${scriptElement}
      </body>
    </html> `;
}

function section(id: keyof Parts, heading: string, note: string, content: Markup): Markup {
  return html`<section aria-labelledby="${id}-heading">
    <h2 id="${id}-heading" tabindex="-1">${heading}</h2>
    ${note === '' ? '' : html`<p class="quiet">${note}</p>`}
    <div id="${id}">${content}</div>
  </section>`;
}

function howTo(url: string, token: string): Markup {
  const withLogin = [
    `SF_ACCESS_TOKEN='${token}' \\`,
    '  sf org login access-token --no-prompt \\',
    `  --instance-url ${url} \\`,
    '  --alias local',
    '',
    'sf data query --target-org local \\',
    "  --query 'SELECT Name FROM LoyaltyProgram'",
  ];
  const withoutLogin = [`export SF_ORG_INSTANCE_URL=${url}`, 'sf sobject list \\', `  --target-org '${token}'`];
  return html`<section aria-labelledby="use-heading">
    <h2 id="use-heading">Point sf at it</h2>
    <h3>Log in once</h3>
    ${commands('Log in once', withLogin)}
    <h3>Or leave no trace</h3>
    ${commands('Without a login', withoutLogin)}
  </section>`;
}

/** In reach of the keyboard, because it may have to be scrolled. */
function commands(label: string, lines: readonly string[]): Markup {
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${lines.join('\n')}</code></pre>`;
}
