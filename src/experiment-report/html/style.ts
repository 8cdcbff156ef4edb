/** The page's style: one column that fits a phone, colours of their own for light and dark, told apart by people who see fewer of them (Okabe & Ito 2008). */
export const style = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --text: #1a1d23; --soft: #5b6270; --line: #dfe3e9; --grid: #e8ebf0;
  --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #cc79a7; --c4: #a07d00; --c5: #4b8fbd; --know: #7a4fc4; --good: #0a7a4b; --bad: #b3261e; --warn-page: #fff4e0; --warn-line: #e69f00; --bad-page: #fdeceb; }
@media (prefers-color-scheme: dark) { :root { --page: #14161b; --card: #1d2027; --text: #e8eaee; --soft: #a0a8b6; --line: #343945; --grid: #2a2e38;
  --c0: #56b4e9; --c1: #f0914c; --c2: #2fc79a; --c3: #e0a3c4; --c4: #e0c04a; --c5: #8fc7ee; --know: #b79bf0; --good: #4fd19a; --bad: #ff8a80; --warn-page: #33290f; --bad-page: #3b1c1a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 20px 14px 48px; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 8px 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: .95rem; margin: 20px 0 4px; }
p { margin: 4px 0; } .soft { color: var(--soft); font-size: .9rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px; margin: 16px 0; }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px; }
.notice { border-left: 5px solid var(--warn-line); background: var(--warn-page); border-radius: 8px; padding: 12px 14px; margin: 14px 0; }
.notice.grave { border-color: var(--bad); background: var(--bad-page); font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 8px 24px; }
figure { margin: 0; } figcaption { font-size: .85rem; color: var(--soft); }
svg { display: block; width: 100%; max-width: 520px; height: auto; overflow: visible; }
svg text { font: 11px system-ui, sans-serif; fill: var(--text); }
svg .tick { fill: var(--soft); font-size: 10px; text-anchor: middle; } svg .tick.end { text-anchor: end; }
svg .grid { stroke: var(--grid); } svg .zero { stroke: var(--soft); stroke-width: 1.5; } svg .margin { stroke: var(--bad); stroke-dasharray: 4 3; stroke-width: 1.5; }
svg .interval { stroke-width: 4; stroke-linecap: round; } svg .fixed { stroke: var(--text); fill: var(--text); } svg .sequential { stroke: var(--soft); fill: var(--soft); } svg .bayes { stroke: var(--know); fill: var(--know); }
svg .label { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg .density { fill-opacity: .18; stroke-width: 2; } svg .bar { stroke: none; }
${Array.from({ length: 6 }, (_, index) => `.c${index} { fill: var(--c${index}); stroke: var(--c${index}); background: var(--c${index}); }`).join(' ')}
.key { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 5px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: .85rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; min-width: 100%; }
caption { text-align: left; color: var(--soft); font-size: .85rem; padding: 4px 0; }
th, td { text-align: right; padding: 6px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; } th { color: var(--soft); font-weight: 600; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } tbody th { color: var(--text); } tr:last-child > * { border-bottom: 0; }
.numbers th, .numbers td { white-space: normal; } .numbers th { text-align: left; min-width: 8em; }
.verdict { font-size: .85rem; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: 1px 10px; white-space: nowrap; }
.verdict.better, .verdict.holds { color: var(--good); } .verdict.worse, .verdict.broken, .verdict.untrusted { color: var(--bad); } .verdict.unclear { color: var(--soft); }
details summary { cursor: pointer; font-weight: 600; } dt { font-weight: 600; margin-top: 8px; } dd { margin: 0; color: var(--soft); }
@media print { body { background: #fff; } section { break-inside: avoid; } }
`;
