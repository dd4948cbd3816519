// Draws a strip as HTML, so that its text keeps its size at every width.
import { OFFER_COLORS } from '../charts/theme.ts'
import type { LeadStrip } from './changes.ts'
import { escaped, tableOf } from './html.ts'

export function stripHtml({ title, subtitle, parts, ends, table }: LeadStrip): string {
  const bars = parts.map(({ title: own, width, color }) => {
    const fill = color === undefined ? '' : `;--own:var(--offer${color % OFFER_COLORS.length})`
    return `<b style="flex-basis:${(100 * width).toFixed(2)}%${fill}">${escaped(own)}</b>`
  })
  return `<figure class="ranges"><figcaption><strong>${escaped(title)}</strong> <span>${escaped(subtitle)}</span></figcaption>
<div aria-hidden="true"><div class="strip">${bars.join('')}</div><div class="strip-ends">${ends.map((end) => `<span>${escaped(end)}</span>`).join('')}</div></div>
<details><summary>Show the figures</summary>${tableOf(table)}</details></figure>`
}
