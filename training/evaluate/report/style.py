"""How the report looks."""

STYLE = """
:root { color-scheme: light; --ink: #1c2733; --soft: #66727f; --line: #e3e8ed; --blue: #2563a8; --green: #1a8f4b;
  --red: #d0312d; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #f6f8fa; font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
header, main { max-width: 1340px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
h1 { margin: 0 0 4px; font-size: 26px; letter-spacing: -.01em; }
header p { margin: 0; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 6px 18px; margin: 14px 0 4px; }
a { color: var(--blue); text-decoration: none; }
a:hover { text-decoration: underline; }
section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 6px 22px 20px;
  margin: 18px 0; }
h2 { font-size: 19px; margin: 12px 0 8px; }
h3 { font-size: 15px; margin: 20px 0 6px; }
.cards { display: flex; flex-wrap: wrap; gap: 12px; }
.card { flex: 1 1 230px; border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.card h3 { margin: 0; font-weight: 500; color: var(--soft); }
.card p { margin: 0; }
.card .value { font-size: 28px; font-weight: 600; font-variant-numeric: tabular-nums; }
.interval, .note, figcaption { color: var(--soft); font-size: 12.5px; }
td .interval { white-space: nowrap; margin-left: 4px; }
.better { color: var(--green); } .worse { color: var(--red); } .unjudged { color: #7b8794; }
.warning { color: #8a5200; background: #fff5e0; border-radius: 6px; padding: 6px 10px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th { text-align: right; color: var(--soft); font-weight: 500; border-bottom: 1px solid var(--line); }
th, td { padding: 3px 8px; vertical-align: top; }
td { text-align: right; border-bottom: 1px solid #f0f3f5; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
article td, article th { text-align: left; }
article td { overflow-wrap: anywhere; min-width: 5.5em; }
th { white-space: nowrap; }
tbody tr:hover { background: #f6f9fc; }
.plots { display: flex; flex-wrap: wrap; gap: 20px; }
figure { margin: 0; }
svg.plot { width: 480px; max-width: 100%; }
svg { font-family: inherit; }
svg.bar { width: 130px; height: 14px; vertical-align: middle; }
article { border-top: 1px solid var(--line); margin-top: 18px; }
.document { display: grid; grid-template-columns: minmax(280px, 1fr) minmax(280px, 1fr); gap: 22px; }
.pages img { width: 100%; border: 1px solid var(--line); border-radius: 4px; }
@media (max-width: 760px) { .document { grid-template-columns: 1fr; } }
""".strip()
