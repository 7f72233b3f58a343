/** System fonts, and two palettes. Each pair of text and background has a contrast of at least 4.5. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --card: #fff; --line: #d9e0e6; --text: #17212b; --quiet: #566573;
  --accent: #0b6e69; --on-accent: #fff; --track: #dfe7ea; --code: #eef2f4;
  --good: #1b6b34; --good-ground: #dff3e4; --odd: #7a4b00; --odd-ground: #fdeecb; --bad: #a3192b; --bad-ground: #fde2e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1720; --card: #18222d; --line: #2b3947; --text: #e7edf2; --quiet: #9fb0be;
    --accent: #4cc9bd; --on-accent: #06201e; --track: #2b3947; --code: #101922;
    --good: #8fe0a6; --good-ground: #153522; --odd: #f5cf83; --odd-ground: #3b2c0c; --bad: #ffaab3; --bad-ground: #44181e;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
code, pre, .request, time { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
h1, h2, h3, p, dl, dd, ul { margin: 0; padding: 0; }
h1 { font-size: 1.35rem; letter-spacing: -.01em; }
h2 { font-size: 1.05rem; }
h3 { font-size: .95rem; }
ul { list-style: none; }
small { font-size: .8rem; color: var(--quiet); font-weight: 400; }
.quiet { color: var(--quiet); font-size: .87rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem; z-index: 1; }

header { background: var(--card); border-bottom: 1px solid var(--line); border-top: 4px solid var(--accent);
  padding: 1rem max(1rem, calc((100% - 76rem) / 2)); display: flex; flex-wrap: wrap; gap: .6rem 2rem; align-items: center; }
.name { flex: 1 1 16rem; }
.name p { color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.live { display: flex; gap: .6rem; align-items: center; font-size: .87rem; color: var(--quiet); }
button { font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px;
  padding: .25rem .8rem; min-height: 2rem; cursor: pointer; }
button[aria-pressed='true'] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
#totals { flex: 1 1 100%; }
input { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--quiet); border-radius: 6px;
  padding: .25rem .6rem; min-height: 2rem; min-width: 0; flex: 1 1 10rem; }
form { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; margin: .6rem 0 .4rem; }
label { font-size: .87rem; }
summary { cursor: pointer; border-radius: 3px; }
summary h2 { display: inline; }
.fold > :not(summary) { margin-top: .7rem; }
#more-members { margin-top: .8rem; }
#more-members .members { margin-top: .8rem; }
.totals { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; }
.totals dt { color: var(--quiet); font-size: .8rem; }
.totals dd { font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums; }

main { max-width: 78rem; margin: 0 auto; padding: 1rem; display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 62rem) { main { grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); } }
.column { display: grid; gap: 1rem; align-content: start; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; min-width: 0; }
section > div { margin-top: .7rem; }
section h3 { margin-top: .8rem; }
.copy { display: none; flex: none; font-size: .78rem; padding: .1rem .5rem; min-height: 1.6rem; }
.scripted .copy { display: inline-block; }
div.command { margin-top: .9rem; }
div.command > div { display: flex; gap: .6rem; justify-content: space-between; align-items: center; min-height: 1.9rem; }
.command h3 { margin: 0; }
p.command { display: flex; gap: .5rem; align-items: center; margin-top: .7rem; }
p.command code { flex: 1 1 auto; color: var(--quiet); font-size: .74rem; overflow-wrap: anywhere; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .7rem; margin: 0;
  white-space: pre-wrap; overflow-wrap: anywhere; font-size: .82rem; }

#requests { max-height: 33rem; overflow: auto; }
#requests th { position: sticky; top: 0; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .83rem; }
th { text-align: left; color: var(--quiet); font-weight: 500; }
th, td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
.request { overflow-wrap: anywhere; }
@media (max-width: 32rem) { table { font-size: .76rem; } th, td { padding-right: .35rem; } section { padding: .8rem; } }
.status { padding: .05rem .4rem; border-radius: 5px; font-weight: 600; background: var(--bad-ground); color: var(--bad); }
.status.s2 { background: var(--good-ground); color: var(--good); }
.status.s3, .status.s4 { background: var(--odd-ground); color: var(--odd); }

.members { display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); }
.members li { border: 1px solid var(--line); border-radius: 8px; padding: .75rem .85rem; overflow-wrap: anywhere; }
.members h3 { margin: 0; }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; padding: 0 .5rem; border-radius: 99px;
  background: var(--accent); color: var(--on-accent); vertical-align: .1em; }
.balances { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .45rem 0 .2rem; }
.balances dt { font-size: .8rem; color: var(--quiet); }
.balances dd { font-size: 1.2rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.progress { display: grid; grid-template-columns: 1fr auto; gap: .05rem .6rem; margin-top: .55rem; font-size: .87rem; }
.progress small, progress { grid-column: 1 / -1; }
progress { appearance: none; width: 100%; height: .5rem; border: 0; border-radius: 99px; overflow: hidden;
  background: var(--track); color: var(--accent); }
progress::-webkit-progress-bar { background: var(--track); }
progress::-webkit-progress-value { background: var(--accent); border-radius: 99px; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 99px; }

.objects li { display: flex; justify-content: space-between; gap: 1rem; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.objects b { font-variant-numeric: tabular-nums; white-space: nowrap; }
.objects code { color: var(--quiet); font-size: .78rem; overflow-wrap: anywhere; }
.faults small { color: inherit; }
.request em { font-style: normal; color: var(--odd); background: var(--odd-ground); border-radius: 5px; padding: 0 .35rem; }
.faults li { background: var(--odd-ground); color: var(--odd); border-radius: 6px; padding: .4rem .6rem; margin-top: .4rem;
  overflow-wrap: anywhere; }
@media (prefers-reduced-motion: no-preference) { progress::-webkit-progress-value { transition: inline-size .4s; } }
`;
