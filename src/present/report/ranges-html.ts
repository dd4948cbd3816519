// Draws the picture of the first screen as HTML. Its text keeps its size at every width, which a scaled drawing would not.
import { ownStyle } from '../charts/theme.ts'
import { cssShare } from './css-share.ts'
import { escaped, tableOf } from './html.ts'
import type { RangeRow, Ranges } from './ranges.ts'

/** @param about names the same table elsewhere on the page, for screen readers */
export function rangesHtml(ranges: Ranges, about?: string): string {
  const { title, subtitle, rows, ticks, trials, table } = ranges
  const [within, beyond] = [rows.filter(({ places }) => places), rows.filter(({ places }) => !places)]
  const axis = ticks.map(({ text, place }) => `<span style="left:${cssShare(place)}">${escaped(text)}</span>`).join('')
  const single = rows.length === 1
  return `<figure class="ranges${single ? ' single' : ''}"><figcaption><strong>${escaped(title)}</strong> <span>${escaped(subtitle)}</span></figcaption>
<div class="bar heads" aria-hidden="true"><span></span><span></span><span>Average</span><span>Cheapest in</span></div>
${groupsHtml(ranges, within)}
<div class="bar axis" aria-hidden="true"><span></span><div class="ticks">${axis}</div></div>
${beyond.length > 0 ? `<p class="beyond">${escaped(ranges.beyond)}</p>\n<ul class="bars">${beyond.map((row) => barOf(row, trials, single)).join('\n')}</ul>` : ''}
<details><summary>Show the figures</summary>${tableOf(table, about)}</details></figure>`
}

/** The bars, in groups where tied offers stand together. */
function groupsHtml({ groups, trials, rows }: Ranges, within: readonly RangeRow[]): string {
  const single = rows.length === 1
  const list = (some: readonly RangeRow[]) => `<ul class="bars">${some.map((row) => barOf(row, trials, single)).join('\n')}</ul>`
  if (!groups) return list(within)
  const [tied, others] = [true, false].map((isTied) => within.filter(({ offer }) => groups.tied.includes(offer) === isTied))
  const headed = (heading: string, some: readonly RangeRow[]) => `<p class="beyond">${escaped(heading)}</p>\n${list(some)}`
  return [headed(groups.heading, tied), ...(others.length > 0 ? [headed(groups.next, others)] : [])].join('\n')
}

function barOf(row: RangeRow, trials: string, single: boolean): string {
  const { title, about, recommended, color, places, p80, mean, odds } = row
  const kind = ['bar', ...(color === undefined ? [] : ['own']), ...(recommended ? ['first'] : []), ...(places ? [] : ['off'])].join(
    ' ',
  )
  const style = color === undefined ? '' : ` style="${ownStyle(color)}"`
  const track = places
    ? `<i class="range" style="left:${cssShare(places.p5)};width:${cssShare(places.p95 - places.p5)}"></i><i class="median" style="left:${cssShare(places.p50)}"></i><i class="p80" style="left:${cssShare(places.p80)}"></i><b style="--at:${cssShare(places.p80)}">P80 ${escaped(p80)}</b>`
    : `<b class="far">P80 ${escaped(p80)}</b><i class="arrow"></i>`
  const cheapest = single
    ? ''
    : `<span class="odds"><em class="lead-in">cheapest in </em>${escaped(odds.replace('more than ', '>'))} of 100<em> ${escaped(trials)}</em></span>`
  return `<li class="${kind}"${style}><span class="who"><span>${escaped(title)}${about === undefined ? '' : ` <small>${escaped(about)}</small>`}</span> <b>P80 ${escaped(p80)}</b></span><div class="track" aria-hidden="true">${track}</div><span class="mean"><em>average </em>${escaped(mean)}</span>${cheapest}</li>`
}
