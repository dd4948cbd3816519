// The look of the sliders and of the answer beside them.
export const LIVE_STYLE = `
.live{display:grid;grid-template:"levers verdict" auto "levers answer" 1fr/minmax(15rem,20rem) minmax(0,1fr);gap:0 2rem}
.live-levers{grid-area:levers}.live-answer{grid-area:answer;min-width:0}.live-verdict{grid-area:verdict;font-size:1.1rem;font-weight:600;margin:0 0 .75rem}
.levers{display:grid;gap:.75rem}.lever{display:grid;grid-template-columns:1fr auto;gap:0 .75rem;align-items:center;font-size:.9rem}.lever input[type=range]{grid-column:1/-1;width:100%;min-height:1.75rem;margin:0}
.lever output{grid-column:1/-1;color:var(--soft);font-size:.8rem}.lever .number input{width:6rem;text-align:right;padding:.1rem .3rem}
.state{border-left:4px solid var(--line);padding-left:.75rem}.state.changed{border-color:#d55e00;font-weight:600}
.live .ticks span:nth-child(even){display:none}.live-figures tbody>tr>*{vertical-align:top}.live-levers button{margin:0 .25rem .4rem 0}.live-figures td{white-space:nowrap}.live-figures td:last-child{white-space:normal}.change{display:block;color:var(--soft);min-height:1.3em}
.swatch{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;background:var(--own);margin-right:.4rem}
.curves .plot{position:relative;height:11rem;margin:.9rem 0 0 2.2rem;border:solid var(--line);border-width:0 0 1px 1px}.curves svg{position:absolute;inset:0;width:100%;height:100%;max-width:none}
.curves path{fill:none;stroke:var(--own);stroke-width:1.5;vector-effect:non-scaling-stroke}.curves path.best{stroke-width:3}
.probe{position:absolute;top:0;bottom:0;border-left:2px solid var(--ink)}.plot input{position:absolute;inset:0 -.5rem;width:calc(100% + 1rem);height:100%;margin:0;opacity:0;cursor:ew-resize;touch-action:pan-y}
.plot:focus-within{outline:3px solid var(--accent);outline-offset:2px}.level{position:absolute;left:0;right:0;border-top:1px solid var(--line)}.level:last-of-type{border:0}.level span{position:absolute;right:100%;top:0;transform:translateY(-50%);padding-right:.4rem;font:.75rem system-ui,sans-serif;color:var(--soft)}.curves .ticks{position:relative;height:1.3rem;margin:.2rem 0 .5rem 2.2rem}
@media (max-width:52rem){.live{grid-template:"verdict" auto "levers" auto "answer" auto/minmax(0,1fr)}
.live-verdict{position:sticky;top:0;z-index:1;background:var(--page);border-bottom:1px solid var(--line);font-size:1rem;padding:.4rem 0}
.live-figures{font-size:.8rem}.live-figures th,.live-figures td{padding:.25rem .2rem}.live-figures tbody th{overflow-wrap:normal;min-width:5.2rem}}
.enough{list-style:none;padding:0;margin:0;font-size:.9rem}
`
