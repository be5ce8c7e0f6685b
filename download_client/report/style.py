"""The style sheet of a report's page: light, dark and print; colours of the window's theme, nothing loaded."""

STYLE = """
:root{color-scheme:light dark;--ground:#f5f6f8;--card:#fff;--line:#d9dde3;--text:#1b2430;--text2:#56616f;
--ok:#1b7a43;--warn:#8a5a00;--danger:#b3261e;--accent:#0b5cad;--archived:#2f7fd0;--hatch:#f0c9c6}
@media (prefers-color-scheme:dark){:root{--ground:#14181d;--card:#1c2229;--line:#343d48;--text:#e6eaef;--text2:#a3aebb;
--ok:#63c98b;--warn:#e3b34c;--danger:#ff8a80;--accent:#79b8ff;--archived:#4c96e0;--hatch:#5a2f2d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 1rem;font-variant-numeric:tabular-nums}
h2{font-size:1.2rem;margin:0 0 .6rem}
h3{font-size:1rem;margin:1rem 0 .4rem}
p{margin:.3rem 0}
.eyebrow{color:var(--text2);margin:0}
section,dl,.outcome{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;
margin:0 0 1rem}
.outcome{border-left-width:.4rem}
.outcome.clean{border-left-color:var(--ok)}
.outcome.partial{border-left-color:var(--warn)}
.outcome.failed,.outcome.missing,.note{border-left-color:var(--danger)}
.outcome .word{font-size:1.3rem;font-weight:600;margin:0}
.clean .word,span.clean{color:var(--ok)}
.partial .word,span.partial{color:var(--warn)}
.failed .word,span.failed,.missing .word,span.missing{color:var(--danger)}
.note{border-left-width:.4rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:.6rem}
dt{color:var(--text2);font-size:.875rem}
dd{margin:0;overflow-wrap:anywhere}
ul.figures{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0;padding:0}
.figures b{display:block;font-size:1.4rem;font-variant-numeric:tabular-nums}
.figures span{color:var(--text2);font-size:.875rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;color:var(--text2);padding-bottom:.3rem}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.figure{text-align:right;padding-right:1.2rem;font-variant-numeric:tabular-nums}
code{font-family:ui-monospace,Consolas,monospace;font-size:.9em;overflow-wrap:anywhere}
footer{color:var(--text2);font-size:.875rem}
.chart{width:100%;height:auto;display:block}
.chart text{fill:var(--text2);font-size:12px}
.chart .band{fill:var(--text);font-weight:600}
.chart .axis{stroke:var(--text2)}
.chart .grid{stroke:var(--line)}
.chart .archived,.chart .amount{fill:var(--archived)}
.chart .amount{opacity:.75}
.chart .failed{fill:url(#hatch);stroke:var(--danger)}
.chart .listed{fill:none;stroke:var(--text2)}
.chart .hatch-ground{fill:var(--hatch)}
.chart .hatch-line{fill:var(--danger)}
.chart .sign.clean{fill:var(--ok)}
.chart .sign.partial{fill:var(--warn)}
.chart .sign.failed,.chart .sign.missing{fill:var(--danger);stroke:none}
.key{color:var(--text2);font-size:.875rem}
.swatch{display:inline-block;width:.8rem;height:.8rem;margin-left:.6rem;border:1px solid var(--text2)}
.swatch.archived{background:var(--archived);border-color:var(--archived)}
.swatch.failed{background:repeating-linear-gradient(45deg,var(--danger) 0 2px,var(--hatch) 2px 4px);
border-color:var(--danger)}
@media print{:root{--ground:#fff;--card:#fff;--line:#bbb;--text:#000;--text2:#333;--ok:#0a5c2e;--warn:#6b4600;
--danger:#9b1c15;--archived:#4a4a4a;--hatch:#eee}body{font-size:11pt}main{max-width:none;padding:0}
section,dl,.outcome{break-inside:avoid-page;border-radius:0}section:has(table){break-inside:auto}
tr,.chart{break-inside:avoid}thead{display:table-header-group}*{print-color-adjust:exact}}
"""
