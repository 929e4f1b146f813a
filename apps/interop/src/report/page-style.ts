/** The style of the page: readable on paper, on a screen and on a telephone, in light and in dark. */
export const pageStyle = `
:root { --ink: #16202c; --soft: #5a6675; --line: #dde3ea; --paper: #fff; --band: #f5f7fa; --good: #0b7a4b; --bad: #b3261e; --bar: #2563a8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --soft: #9aa7b5; --line: #2c3744; --paper: #10171f; --band: #18212b; --good: #4cc38a; --bad: #ff8a80; --bar: #6ea8e8; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2.5rem 1.25rem 4rem; color: var(--ink); background: var(--paper); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1 { margin: 0 0 .35rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.3rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
p { margin: .5rem 0; max-width: 46rem; }
.soft { color: var(--soft); }
dl.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 1.25rem 0 0; padding: 1rem 1.25rem; border-radius: .5rem; background: var(--band); }
dl.facts dt { color: var(--soft); font-size: .8rem; }
dl.facts dd { margin: 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { overflow-wrap: break-word; padding: .5rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-size: .8rem; font-weight: 600; }
th:first-child, td:first-child { padding-left: 0; }
tbody th { font-weight: 500; }
td:last-child, table.subjects td { overflow-wrap: anywhere; }
td.number { white-space: nowrap; }
.bar { display: block; width: 100%; max-width: 9rem; height: .35rem; margin-top: .3rem; border-radius: .2rem; background: var(--line); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--bar); }
.yes { color: var(--good); font-weight: 600; }
.no { color: var(--bad); font-weight: 600; }
.none { color: var(--soft); }
table.subjects { table-layout: fixed; }
table.subjects td { font-size: .85rem; }
table.subjects .claimed { display: inline-block; margin-left: .4rem; white-space: nowrap; padding: 0 .4rem; border: 1px solid var(--line); border-radius: .6rem; color: var(--soft); font-size: .72rem; }
details { border-bottom: 1px solid var(--line); }
summary { display: flex; gap: .75rem; padding: .45rem .2rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: "+"; width: .8rem; color: var(--soft); }
details[open] > summary::before { content: "−"; }
summary .name { flex: 1; overflow-wrap: anywhere; }
details > div { padding: 0 .2rem 1rem 1.75rem; font-size: .9rem; overflow-wrap: anywhere; }
details ol { margin: .5rem 0; padding-left: 0; list-style: none; font: .82rem/1.6 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
@media (max-width: 40rem) {
  body { padding: 1.5rem .9rem 3rem; }
  h1 { font-size: 1.45rem; }
  table { font-size: .88rem; }
  th, td { padding: .45rem .3rem; }
  td:last-child, table.subjects td { overflow-wrap: anywhere; }
td.number { white-space: normal; }
  td.number .share { display: block; }
  table.subjects td { font-size: .74rem; }
  table.subjects .claimed { margin-left: 0; }
  dl.facts { gap: .5rem 1.5rem; }
  details > div { padding-left: 1.55rem; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 11px; }
  h2 { break-after: avoid; }
  tr, details { break-inside: avoid; }
}
`;
