// The look of reports, on light and dark screens and on paper.
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c1c1c;--soft:#5c5c5c;--line:#c9c9c9;--page:#fff;--mark:#eef4f9}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#a8a8a8;--line:#4a4a4a;--page:#181818;--mark:#22303b}}
body{margin:0 auto;max-width:58rem;padding:2rem 1.25rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
.lead{font-size:1.1rem;background:var(--mark);padding:.75rem 1rem;border-left:4px solid #0072b2}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--soft);padding-bottom:.25rem}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;font-weight:400}
thead th{font-weight:600;color:var(--soft)}th[scope=row],thead th:first-child{text-align:left}
tbody th{overflow-wrap:anywhere;min-width:7.5rem}
figure{margin:1rem 0}figure svg{max-width:100%;height:auto}figcaption{color:var(--soft);font-size:.9rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,25rem),1fr));gap:1rem}
.wide{overflow-x:auto}
.levers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr));gap:.5rem 1.5rem}
.lever{display:grid;grid-template-columns:1fr auto;font-size:.9rem}.lever input{grid-column:1/-1;width:100%;min-height:1.75rem}
.lever output{color:var(--soft)}.state{border-left:4px solid var(--line);padding-left:.75rem}.changed .state{border-color:#d55e00;font-weight:600}
.drawing svg{max-width:100%;height:auto}.drag{cursor:ew-resize;touch-action:pan-y}
button,select,input{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:4px;padding:.25rem .6rem}
input[type=range]{padding:0;border:0}button:disabled{color:var(--soft);border-color:var(--line)}
:focus-visible{outline:3px solid #0072b2;outline-offset:2px}
details summary{cursor:pointer;color:var(--soft);font-size:.9rem}
code{font-size:.85rem;overflow-wrap:anywhere}p{overflow-wrap:anywhere}p.small{color:var(--soft);font-size:.85rem}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--mark:#f3f3f3}body{font-size:9pt;line-height:1.35;max-width:none;padding:0}.lead{font-size:11pt}th,td{padding:.1rem .4rem}
h2{break-after:avoid}figure,table{break-inside:avoid}details,#live{display:none}.wide{overflow:visible}.charts{grid-template-columns:1fr 1fr}h2{margin-top:.8rem}figure{margin:.1rem 0}figure svg{max-height:50mm}figcaption{font-size:8pt}}
@page{margin:12mm}
`
