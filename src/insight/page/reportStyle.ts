/**
 * System fonts, one accent, and two palettes. Each pair of text and ground has a contrast of at least 4.5, also in the
 * cells of the retention chart.
 */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f1; --card: #fffefb; --line: #dedbd2; --text: #1b2326; --quiet: #59646a;
  --accent: #0b6e69; --second: #5aa39e; --third: #8a8578; --on-accent: #fff; --track: #ebe8df;
  --good: #1b6b34; --odd: #7a4b00; --bad: #a3192b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11181b; --card: #182125; --line: #2d3a40; --text: #e9eef0; --quiet: #a3b1b7;
    --accent: #4cc9bd; --second: #2c857d; --third: #7d8a90; --on-accent: #06201e; --track: #263238;
    --good: #8fe0a6; --odd: #f5cf83; --bad: #ffaab3;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: auto; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }

header { padding-top: clamp(2rem, 6vw, 4.5rem); }
.kind { color: var(--accent); font-size: .82rem; font-weight: 600; letter-spacing: .09em; text-transform: uppercase; }
h1 { font-size: clamp(2.1rem, 6vw, 3.6rem); font-weight: 300; line-height: 1.1; letter-spacing: -.025em; margin: .35rem 0; }
.period { font-size: 1.25rem; color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin-top: 1.6rem; padding-top: .8rem;
  border-top: 1px solid var(--line); font-size: .92rem; }
nav a { display: inline-block; padding: .25rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }

section { margin-top: clamp(2.6rem, 6vw, 4.2rem); }
h2 { font-size: 1.5rem; font-weight: 400; letter-spacing: -.01em; margin-bottom: .9rem; scroll-margin-top: 1rem; }
h3 { font-size: 1rem; font-weight: 600; }
section > h3 { margin: 1.6rem 0 .4rem; }
.note { color: var(--quiet); font-size: .88rem; }
h2 + .note { margin: -.6rem 0 .9rem; }
.figures { columns: 27rem 2; column-gap: 1.2rem; }
.figures figure { break-inside: avoid; margin-bottom: 1.2rem; }
figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.2rem 1.3rem; min-width: 0; }
figure svg { display: block; width: 100%; height: auto; margin-top: .9rem; }

.kpis { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14.5rem, 100%), 1fr)); gap: 1px; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.kpis > div { box-shadow: 0 0 0 1px var(--line); padding: 1.1rem 1.3rem 1.2rem; }
.kpis dt { color: var(--quiet); font-size: .9rem; }
.kpis .value { font-size: 2.15rem; font-weight: 300; letter-spacing: -.02em; line-height: 1.25; overflow-wrap: normal; }
.kpis .before { color: var(--quiet); font-size: .86rem; }
.kpis b { color: var(--text); font-weight: 600; }

.goals { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
.goals li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.3rem; min-width: 0; }
.goals svg { margin: .6rem 0 .3rem; }
.goals .note b { color: var(--text); }
.goal { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.goal b { font-weight: 600; }
.state { flex: none; font-size: .84rem; font-weight: 600; color: var(--quiet); }
.state.met, .state.onTrack { color: var(--good); }
.state.behind { color: var(--odd); }
.state.missed { color: var(--bad); }
figure.plain { background: none; border: 0; padding: 0; }

.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; font-size: .88rem; margin-top: .35rem; }
.legend li { display: flex; align-items: center; gap: .45rem; }
.key { width: .8rem; height: .8rem; border-radius: 2px; border: 2px solid transparent; print-color-adjust: exact; }
.key.tone1 { background: var(--accent); } .key.tone2 { background: var(--second); } .key.tone3 { background: var(--third); }
.key.tone4 { border-color: var(--third); }
svg { overflow: visible; print-color-adjust: exact; }
svg text { font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums; fill: var(--quiet); }
svg .name, svg .cell { fill: var(--text); }
svg .name { font-size: 14px; }
.grid { stroke: var(--line); stroke-width: 1; }
.base { stroke: var(--quiet); stroke-width: 1; }
.track { fill: var(--track); }
.tone1 { fill: var(--accent); } .tone2 { fill: var(--second); } .tone3 { fill: var(--third); }
.tone4 { fill: none; stroke: var(--third); stroke-width: 2; }
.aside { fill: var(--second); }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.line.tone1 { stroke: var(--accent); } .line.tone2 { stroke: var(--second); } .line.tone3 { stroke: var(--third); }
.ground.tone1 { fill: var(--accent); fill-opacity: .1; }
.expected { stroke: var(--text); stroke-width: 1.5; } .target { stroke: var(--text); stroke-width: 4; }

details { margin-top: .8rem; font-size: .92rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; padding: .15rem 0; }
.wide { overflow-x: auto; margin-top: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; overflow-wrap: normal; }
caption { text-align: left; color: var(--quiet); padding-bottom: .3rem; }
th, td { text-align: left; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--quiet); font-weight: 500; }
tbody th { font-weight: 500; min-width: 7rem; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; padding: .35rem 0 .35rem 1rem; }
th.number { white-space: normal; }
.meanings { display: grid; gap: .2rem 1.5rem; margin-top: .6rem; }
.meanings dt { font-weight: 600; margin-top: .4rem; } .meanings dd { color: var(--quiet); }
footer { margin-top: 4rem; padding-bottom: 3rem; color: var(--quiet); font-size: .86rem; }

@media (min-width: 48rem) { .meanings { grid-template-columns: 14rem 1fr; } .meanings dt { margin: 0; } }
@media (max-width: 40rem) {
  figure { padding: 1rem; }
  svg text { font-size: 20px; } svg .name { font-size: 22px; } svg .cell, svg .head { font-size: 17px; }
  svg .between { display: none; }
  .kpis { grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr)); }
  table { font-size: .8rem; } tbody th { min-width: 5.5rem; } .number { padding-left: .55rem; } th, td { padding-right: .4rem; }
  .kpis > div { padding: .8rem .9rem; } .kpis .value { font-size: 1.55rem; }
}
@media print {
  :root { --ground: #fff; --card: #fff; }
  body { font-size: 10.5pt; }
  nav, .skip { display: none; }
  header { padding-top: 0; }
  section { margin-top: 1.6rem; } h2 { break-after: avoid; }
  figure, .kpis > div, .goals li, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .wide { overflow: visible; }
}
`;
