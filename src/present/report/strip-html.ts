// Draws a strip as HTML, so that its text keeps its size at every width.
import { ownStyle } from '../charts/theme.ts'
import type { LeadStrip } from './changes.ts'
import { cssShare } from './css-share.ts'
import { escaped, tableOf } from './html.ts'

export function stripHtml({ title, subtitle, parts, ends, plan, marks, table }: LeadStrip): string {
  const bars = parts.map(({ title: own, width, color }) => {
    const fill = color === undefined ? '' : `;${ownStyle(color)}`
    return `<b style="flex-basis:${cssShare(width)}${fill}">${escaped(own)}</b>`
  })
  const above = plan
    ? `<div class="strip-plan" style="margin-left:${cssShare(plan.from)};margin-right:${cssShare(1 - plan.to)}"><span>${escaped(plan.text)}</span></div>`
    : ''
  const below = marks.map(({ place, text = '' }) => `<i style="left:${cssShare(place)}">${escaped(text)}</i>`)
  return `<figure class="ranges"><figcaption><strong>${escaped(title)}</strong> <span>${escaped(subtitle)}</span></figcaption>
<div class="on-strip" aria-hidden="true">${above}<div class="strip">${bars.join('')}</div><div class="strip-ends">${ends.map((end) => `<span>${escaped(end)}</span>`).join('')}${below.join('')}</div></div>
<details><summary>Show the figures</summary>${tableOf(table)}</details></figure>`
}
