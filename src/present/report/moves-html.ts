// Draws how inputs move the cost as HTML, so that its text keeps its size at every width.
import { ownStyle } from '../charts/theme.ts'
import { cssShare } from './css-share.ts'
import { escaped } from './html.ts'
import type { MovesCell, MovesPicture } from './moves.ts'

/** The share of a column beside its bars that amounts have, by the number of columns. */
const ROOMS = [0.2, 0.2, 0.22, 0.32] as const
const MANY = 3
const placeOf = (offset: number, room: number): number => 0.5 + offset * (0.5 - room)

export function movesHtml({ title, subtitle, columns, rows }: MovesPicture): string {
  const room = ROOMS[columns.length] ?? 0.38
  const own = columns.map(({ color }) => ownStyle(color))
  const heads = columns.map((column, k) => `<b style="${own[k]}">${escaped(column.title)}</b>`)
  const lines = rows.map(
    ({ name, cells }) =>
      `<div class="move"><span>${escaped(name)}</span>${cells.map((cell, k) => `<div class="cell" style="${own[k]}"><b>${escaped(columns[k].title)}</b>${cellHtml(cell, room)}</div>`).join('')}</div>`,
  )
  const feet = columns.map(({ average }) => `<span>average ${escaped(average)}</span>`)
  const words = rows.map(
    ({ name, cells }) =>
      `<li>${escaped(name)}: ${cells.map((cell, k) => escaped(cellWords(columns[k].title, cell))).join('; ')}</li>`,
  )
  return `<figure class="moves${columns.length < MANY ? '' : ' many'}" style="--columns:${columns.length}"><figcaption><strong>${escaped(title)}</strong> <span>${escaped(subtitle)}</span></figcaption>
<div aria-hidden="true"><div class="move heads"><span></span>${heads.join('')}</div>${lines.join('')}<div class="move feet"><span></span>${feet.join('')}</div></div>
<ul class="unseen">${words.join('')}</ul></figure>`
}

function cellHtml({ bar, ends }: MovesCell, room: number): string {
  if (!bar || !ends) return '<div class="line"><i class="none"></i><span style="left:54%">less than 1%</span></div>'
  const [from, to] = bar.map((offset) => placeOf(offset, room))
  return `<div class="line"><i style="left:${cssShare(from)};width:${cssShare(to - from)}"></i><span style="right:${cssShare(1 - from)}">${escaped(ends[0])}</span><span style="left:${cssShare(to)}">${escaped(ends[1])}</span></div>`
}

const cellWords = (title: string, { ends }: MovesCell): string =>
  `${title} ${ends ? `${ends[0]} to ${ends[1]}` : 'moves by less than 1%'}`
