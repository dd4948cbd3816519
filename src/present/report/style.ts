// The look of reports, on light and dark screens and on paper.
import { DARK_RULES } from '../charts/finish.ts'
import { OFFER_COLORS } from '../charts/theme.ts'

/** The colors of offers as CSS variables. */
const offers = (k: 0 | 1): string => OFFER_COLORS.map((pair, place) => `--offer${place}:${pair[k]}`).join(';')

const SERIF = 'Charter,"Bitstream Charter",Cambria,Georgia,serif'

/** Columns below each other. */
const stacked = (kind: string): string =>
  `.moves${kind} .move{grid-template-columns:minmax(0,1fr)}.moves${kind} .heads,.moves${kind} .feet{display:none}.moves${kind} .move>span{font-weight:600}.moves${kind} .cell b{display:block;margin-top:.2rem}`

/** The first screen. Wide rows have four columns; narrow ones have the name and P80, then the bar, then the figures. */
const FIRST = `
.top{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:baseline;border-bottom:2px solid var(--ink);padding-bottom:.5rem;margin-bottom:1rem}.top span{color:var(--soft);font-size:.9rem}
.grade{display:flex;gap:.5rem;align-items:center;list-style:none;margin:0 0 .4rem;padding:0;font-size:.85rem;color:var(--soft)}.grade li+li::before{content:"—";margin-right:.5rem;color:var(--line)}
.grade [aria-current] b{background:var(--ink);color:var(--page);border-radius:1rem;padding:.2rem .7rem}
h1{font:600 1.9rem/1.2 ${SERIF};margin:0 0 .5rem;text-wrap:balance}.lead{margin:0 0 1.25rem;max-width:46rem}
.ranges{margin:0 0 1.5rem}.ranges figcaption{color:var(--soft)}.ranges figcaption strong{display:block;color:var(--ink);font-size:1rem}
.bars{list-style:none;margin:0;padding:0}.bar{display:grid;grid-template-columns:12rem 1fr 6rem 6rem;gap:0 1rem;align-items:center;padding:.1rem 0;font-variant-numeric:tabular-nums}.single .bar{grid-template-columns:12rem 1fr 6rem}.single .heads :last-child{display:none}
.heads{color:var(--soft);font-size:.8rem;text-align:right;border-bottom:1px solid var(--line);margin-top:.5rem}.bar .mean,.bar .odds{text-align:right}.bar em,.who b{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.who{position:relative;overflow-wrap:break-word;min-width:0}.bar .mean,.bar .odds{position:relative}.own .who{color:var(--own)}.first .who{font-weight:700}
.track{position:relative;height:3.1rem}.off .track{height:1.9rem;display:flex;align-items:center;justify-content:flex-end;gap:.6rem}
.track i{position:absolute;top:1.55rem;height:1rem;min-width:3px;background:var(--own,var(--gray));print-color-adjust:exact}.track .median{width:2px;min-width:0;margin-left:-1px;background:var(--page)}.track .p80{top:1.3rem;height:1.5rem;margin-left:-1.5px;background:var(--ink)}
.track b{position:absolute;top:0;left:clamp(3.4rem,var(--at),calc(100% - 3.4rem));transform:translateX(-50%);white-space:nowrap;font-size:.8rem}.track b.far,.track .arrow{position:static;transform:none}.track .arrow{width:4.5rem;height:1.3rem;clip-path:polygon(0 22%,78% 22%,78% 0,100% 50%,78% 100%,78% 78%,0 78%)}
.axis .ticks{position:relative;height:1.3rem;border-top:1px solid var(--soft);margin-top:.3rem;grid-column:2}.ticks span{position:absolute;transform:translateX(-50%);color:var(--soft);font-size:.75rem;white-space:nowrap}.ticks span:first-child{transform:none}.ticks span:last-child{transform:translateX(-100%)}
.beyond{color:var(--soft);font-size:.8rem;font-weight:600;margin:.5rem 0 .25rem;border-top:1px solid var(--line);padding-top:.3rem}.heads+.beyond{border:0;margin-top:0}
.strip{display:flex;gap:2px;margin-top:.6rem}.strip b{flex:0 1 auto;min-width:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;padding:0 .2rem;text-align:center;font-size:.8rem;line-height:1.7rem;background:var(--own,var(--soft));color:var(--page);print-color-adjust:exact}.on-strip{margin-top:.6rem}.strip-plan{border:1px solid var(--ink);border-bottom:0;height:.35rem;position:relative;margin-top:1.5rem}.strip-plan span{position:absolute;bottom:100%;left:50%;transform:translateX(-50%);white-space:nowrap;font-size:.75rem;font-weight:600}.strip-plan+.strip{margin-top:.15rem}.strip-ends i{position:absolute;transform:translateX(-50%);font-style:normal;color:var(--ink);font-weight:600}.strip-ends i::before{content:"";position:absolute;left:50%;top:-.35rem;height:.35rem;border-left:1px solid var(--ink)}.strip-ends i:empty{height:1em}
.strip-ends{position:relative;display:flex;justify-content:space-between;color:var(--soft);font-size:.75rem;margin-bottom:.4rem}
.who small{display:block;color:var(--soft);font-weight:400;font-size:.8rem;line-height:1.3}
.moves .move{display:grid;grid-template-columns:12rem repeat(var(--columns),minmax(0,1fr));gap:0 1rem;align-items:center;border-top:1px solid var(--line);padding:.35rem 0;font-variant-numeric:tabular-nums}.moves .heads{border:0;font-size:.9rem;text-align:center;color:var(--soft);margin-top:.5rem}.moves .heads b{color:var(--own)}.moves .feet{text-align:center;color:var(--soft);font-size:.8rem}.cell b{display:none;color:var(--own);font-size:.85rem}
.cell .line{position:relative;height:1.5rem}.line::before{content:"";position:absolute;left:50%;top:-.35rem;bottom:-.35rem;border-left:1px solid var(--soft)}.line i{position:absolute;top:.3rem;height:.9rem;min-width:2px;background:var(--own);print-color-adjust:exact}.line .none{left:calc(50% - .2rem);top:.55rem;width:.4rem;height:.4rem;border-radius:50%;background:var(--soft)}.line span{position:absolute;top:.15rem;font-size:.75rem;color:var(--soft);padding:0 .3rem;white-space:nowrap}
.folded label{display:inline-block;cursor:pointer;color:var(--soft);font-size:.9rem}
@media screen and (max-width:44rem){${stacked('')}}@media screen and (max-width:62rem){${stacked('.many')}}
@media screen{.folded:not(:has(:checked)) .more{display:none}}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));gap:0 2rem}.fact{border-top:2px solid var(--ink);padding-top:.5rem;margin-bottom:1rem}.fact h2{font:600 1rem/1.4 system-ui,sans-serif;margin:0 0 .4rem;border:0;padding:0}.fact p{margin:.3rem 0}
.fact td{text-align:left}.fact thead{position:absolute;clip-path:inset(50%)}.fact .marked th,.fact .marked td{font-weight:600;background:var(--mark);print-color-adjust:exact}.fact tbody th{min-width:0;white-space:nowrap}.fact .wide{position:relative}
@media screen and (min-width:64rem){.bar{grid-template-columns:15rem 1fr 6rem 6rem}.live .ranges:not(.single) .bar{grid-template-columns:12rem 1fr 6rem 6rem}}
@media screen and (max-width:44rem){h1{font-size:1.4rem}h2{font-size:1.25rem;margin-top:2.25rem}.bar{grid-template-columns:1fr auto;padding:.35rem 0}.single .bar{grid-template-columns:1fr auto}.who{grid-column:1/-1;display:flex;justify-content:space-between;gap:1rem}.who b{position:static;flex:none;width:auto;height:auto;overflow:visible;clip-path:none;color:var(--ink);font-weight:600}
.track,.axis .ticks{grid-column:1/-1}.track{height:1.9rem}.track b{display:none}.track i{top:.45rem}.track .p80{top:.2rem}.off .track{height:1.6rem}.heads{display:none}.bar .mean,.bar .odds{font-size:.85rem;color:var(--soft);text-align:left}.bar .odds{text-align:right}.bar .mean em,.bar .odds .lead-in{position:static;width:auto;height:auto;overflow:visible;clip-path:none;font-style:normal}.ticks span:nth-child(even){display:none}}
`

export const STYLE = `
:root{color-scheme:light dark;--ink:#1c1b19;--soft:#57534c;--line:#e3ded5;--page:#fff;--mark:#f7f5f1;--gray:#8f8a82;--accent:#23395b;${offers(0)}}
@media (prefers-color-scheme:dark){:root{--ink:#f1eee8;--soft:#b5afa5;--line:#38352f;--page:#171614;--mark:#1e1d1a;--gray:#918b82;--accent:#a9bee3;${offers(1)}}${DARK_RULES}}
body{margin:0 auto;max-width:66rem;padding:1.25rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
h2{font:600 1.45rem/1.25 ${SERIF};margin:2.75rem 0 .6rem;border-top:2px solid var(--ink);padding-top:.8rem}${FIRST}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0 1rem}
caption{text-align:left;color:var(--soft);padding-bottom:.25rem}
th,td{padding:.25rem .5rem;border-bottom:1px solid var(--line);text-align:right;font-weight:400}
thead th{font-weight:600;color:var(--soft)}th[scope=row],thead th:first-child{text-align:left}
tbody th{overflow-wrap:break-word;min-width:7.5rem}.tables tbody th{min-width:0;white-space:nowrap}.words{text-align:left}tr:has(.words)>*{vertical-align:top}tr:has(.words) th[scope=row]{font-weight:600}
figure{margin:1rem 0;min-width:0}figure svg{display:block;max-width:100%;height:auto;margin:.4rem 0}figcaption{color:var(--soft);font-size:.9rem}figure .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}figure .source{margin:.1rem 0 .4rem;color:var(--soft);font-size:.8rem}figcaption strong{display:block;color:var(--ink);font-size:1rem}
[data-for=narrow],[data-for=middle]{display:none!important}.sum>*{font-weight:600;background:var(--mark);print-color-adjust:exact}.tables{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:0 1.5rem;align-items:start}
figure:has([data-for]){container-type:inline-size}
@container (min-width:660px){[data-for=wide]{display:none!important}[data-for=middle]{display:block!important}}
@container (max-width:499px){[data-for=wide]{display:none!important}[data-for=narrow]{display:block!important}}
@media screen and (max-width:44rem){.extra{display:none}}
@media screen and (max-width:44rem){tbody th{min-width:0}th,td{padding:.25rem .3rem}.cards,.cards tbody,.cards tr,.cards th,.cards td,.cards caption{display:block}.cards thead{position:absolute;clip-path:inset(50%)}.cards tr{border-bottom:1px solid var(--line);padding:.4rem 0}
.cards tbody th{font-weight:600}.cards th,.cards td{border:0;padding:.1rem 0}.cards td{display:flex;justify-content:space-between;gap:1rem}.cards td::before{content:attr(data-head);color:var(--soft)}.cards td.words{display:block;overflow-wrap:break-word}.cards td.words::before{content:none}.cards td.words+td.words{color:var(--soft)}}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem}
.wide,pre{overflow-x:auto}pre{font-size:.85rem}
button,select,input{font:inherit;color:inherit;background:var(--page);border:1px solid var(--soft);border-radius:4px;padding:.25rem .6rem}
input[type=range]{padding:0;border:0}button:disabled{color:var(--soft);border-color:var(--line)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
figure:has(details[open]){grid-column:1/-1}@media screen and (max-width:60rem){details table{font-size:.8rem}}.live .ranges table{font-size:.8rem}.live .ranges td,.live .ranges th{padding:.25rem .3rem}details summary{cursor:pointer;color:var(--soft);font-size:.9rem}
code{font-size:.85rem;overflow-wrap:anywhere}p{overflow-wrap:anywhere}p.small{color:var(--soft);font-size:.85rem}
@media print{[data-for=middle]{display:none!important}html{font-size:9pt}.tables{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}:root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--mark:#f3f3f3;--gray:#8f8a82;${offers(0)}}body{font-size:1rem;line-height:1.35;max-width:none;padding:0}h1{font-size:17pt}h2{font-size:13pt;border-top-width:1px;padding-top:.4rem}.fact h2{font-size:1rem;padding:0}.grade [aria-current] b,.sum>*{print-color-adjust:exact}.grade{font-size:.9rem}.top{margin-bottom:.5rem}.facts{grid-template-columns:repeat(auto-fit,minmax(55mm,1fr))}.track{height:2.2rem}.track i{top:1.1rem;height:.7rem}.track .p80{top:.95rem;height:1.05rem}.fact p{margin:.15rem 0}table{font-size:.95rem;margin:.2rem 0 .5rem}th,td{padding:.05rem .4rem}tbody th{min-width:10rem}.ranges{margin-bottom:.7rem}
[data-for=wide]{display:none!important}[data-for=narrow]{display:block!important}.begin{break-before:page}h2,caption,thead{break-after:avoid}.moves .move{gap:0 .5rem;grid-template-columns:9rem repeat(var(--columns),minmax(0,1fr))}figure,tr{break-inside:avoid}details,#live,.folded label{display:none}main{display:flex;flex-direction:column}main>section:not(.ahead){order:1}main:has(.bars>:nth-child(9))>.ahead{order:1}.wide{overflow:visible}.charts{grid-template-columns:1fr 1fr}h2{margin-top:.6rem}p,ul{margin:.3rem 0}figure{margin:.1rem 0}figcaption{font-size:.9rem}p.small,.bar .mean,.bar .odds{font-size:.95rem}.who small{display:none}.ticks span,.moves .feet,.cell span,.strip-ends,.strip-plan span,.strip b,.heads,.beyond,.track b,figure .source,code{font-size:.9rem}
.ranges:has(.bars>:nth-child(9)) .bar{grid-template-columns:19rem 1fr 6rem 6rem}.bars:has(>:nth-child(9)) .who{font-size:.9rem;line-height:1.2}.bars:has(>:nth-child(9)) .track{height:1.75rem}.bars:has(>:nth-child(9)) .track i{top:1.1rem;height:.5rem}.bars:has(>:nth-child(9)) .track .p80{top:1rem;height:.7rem}}
@page{margin:14mm 12mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt system-ui,sans-serif;color:#444}}
`
