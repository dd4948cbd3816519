// How the report looks, on a screen by day and by night, and on paper.
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
tbody th{overflow-wrap:anywhere}
figure{margin:1rem 0}figure svg{max-width:100%;height:auto}figcaption{color:var(--soft);font-size:.9rem}
details summary{cursor:pointer;color:var(--soft);font-size:.9rem}
code{font-size:.85rem;overflow-wrap:anywhere}p.small{color:var(--soft);font-size:.85rem}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--mark:#f3f3f3}body{font-size:11pt;max-width:none;padding:0}
h2{break-after:avoid}figure,table{break-inside:avoid}details{display:none}}
`
