// Labels that stand beside their marks in place of a legend, moved apart where they would overlap.
import { fittingText, textWidth } from './letters.ts'
import { GRAY, INK, isMany, isNarrow, LAYER_COLORS, offerColor, OWN_COLOR, PAPER } from './theme.ts'

/** Pixels from one line of labels to the next. */
const STEP = 15

/** An axis in its pixels. */
export interface Pixels {
  readonly low: number
  readonly high: number
  readonly pixels: number
}

interface Group<T> {
  readonly labels: readonly T[]
  /** The middle of the group, in pixels. */
  readonly middle: number
}

/**
 * Moves labels as little as keeps them apart and on the axis: those that overlap share the room around their middle.
 * @returns the labels from the lowest to the highest
 */
export function apart<T extends { readonly at: number }>(labels: readonly T[], { low, high, pixels }: Pixels, step = STEP): T[] {
  const scale = high > low ? pixels / (high - low) : 0
  const room = Math.max(pixels, step * labels.length)
  const within = (middle: number, count: number) =>
    Math.min(room - (step * count) / 2 + step / 2, Math.max((step * count) / 2 - step / 2, middle))
  let groups: Group<T>[] = []
  for (const label of [...labels].sort((a, b) => a.at - b.at)) {
    let next: Group<T> = { labels: [label], middle: within((label.at - low) * scale, 1) }
    for (let last = groups.at(-1); last; last = groups.at(-1)) {
      const [count, more] = [last.labels.length, next.labels.length]
      if (next.middle - (step * (more - 1)) / 2 - (last.middle + (step * (count - 1)) / 2) >= step) break
      groups = groups.slice(0, -1)
      const all = [...last.labels, ...next.labels]
      const sum = all.reduce((total, own, k) => total + (own.at - low) * scale - step * (k - (all.length - 1) / 2), 0)
      next = { labels: all, middle: within(sum / all.length, all.length) }
    }
    groups.push(next)
  }
  return groups.flatMap(({ labels: own, middle }) =>
    own.map((label, k) => ({
      ...label,
      at: scale === 0 ? label.at : low + (middle + step * (k - (own.length - 1) / 2)) / scale,
    })),
  )
}

/** Marks of text with a halo, so that lines behind do not cross the letters. */
export const haloed = (mark: object, more: object): object[] =>
  [{ stroke: PAPER, strokeWidth: 4 }, {}].map((halo) => ({ ...more, mark: { type: 'text', ...mark, ...halo } }))

/** Pixels from a point to its label. */
const BELOW = 10

/** Labels of points on rising curves of probability. They stand below their points, where the curves have risen. */
export const belowPoints = <T>(points: readonly T[], probability: (point: T) => number, pixels: number): (T & { at: number })[] =>
  apart(
    points.map((point) => ({ ...point, at: Math.max(0, probability(point) - BELOW / pixels) })),
    { low: 0, high: 1, pixels },
  )

/** Near an edge, a label begins or ends at its mark. @param place of the mark, from 0 to 1. Within `edge` of both ends it is near */
export const alignAt = (place: number, edge = 0.25): 'left' | 'right' | 'center' =>
  place < edge ? 'left' : place > 1 - edge ? 'right' : 'center'

/** A label at the end of a line. */
interface LineEnd {
  readonly label: string
  readonly at: number
  readonly color: string
}

/**
 * The names of offers at the ends of their lines. With more offers than colors, the chosen one has a name, and the others have one together.
 * @param ends the last value of each offer, in the order of the plan
 */
export function offerEnds(ends: readonly (readonly [offer: string, at: number])[], chosen: string): LineEnd[] {
  if (!isMany(ends.map(([offer]) => offer))) return ends.map(([label, at], k) => ({ label, at, color: offerColor(k) }))
  const others = ends.filter(([offer]) => offer !== chosen).map(([, at]) => at)
  const middle = [...others].sort((a, b) => a - b)[Math.floor(others.length / 2)]
  return [
    ...ends.flatMap(([label, at], k) => (label === chosen ? [{ label, at, color: offerColor(k) }] : [])),
    { label: `${others.length} others`, at: middle, color: GRAY },
  ]
}

/** Pixels that the names of rows beside a plot take: of the longest one, and on a phone at most a third of the picture. */
export const namesWidth = (names: readonly string[], narrow: boolean, most = 200): number =>
  Math.ceil(Math.min(narrow ? Math.min(most, 100) : most, Math.max(0, ...names.map((name) => textWidth(name, 12) + 4))))

/** Pixels that the labels beside a plot may take. */
export const besideWidth = (width: number): number => (isNarrow(width) ? 84 : 150)

/**
 * Names each line at its end. The x position is that of the last value.
 * @param x its encoding without data, such as `{ field: 'month' }`, and `place` its value
 */
export function lineEnds(ends: readonly LineEnd[], place: object, x: object, y: object, axis: Pixels, width: number): object {
  return {
    data: {
      values: apart(ends, axis).map((end) => ({ ...place, ...end, label: fittingText(end.label, besideWidth(width), 12) })),
    },
    mark: { type: 'text', align: 'left', dx: 6 },
    encoding: { x, y, text: { field: 'label' }, color: OWN_COLOR },
  }
}

interface LayerBar {
  readonly offer: string
  readonly layer: string
  readonly amount: number
  readonly order: number
}

/** Names each layer once, above its longest part. Names above one bar stand next to each other. */
export function layerLabels(bars: readonly LayerBar[], { low, high, pixels }: Pixels): object[] {
  const sorted = [...bars].sort((a, b) => a.order - b.order)
  const perPixel = (high - low) / pixels
  const ends = new Map<string, number>()
  return [...new Set(sorted.map(({ layer }) => layer))].flatMap((layer) => {
    const own = sorted.filter((bar) => bar.layer === layer && bar.amount > 0)
    if (own.length === 0) return []
    const wide = (textWidth(layer, 11) + 20) * perPixel
    // A label stands above the longest bar where it has room. Beyond the axis, it would make the whole drawing narrower.
    const places = [...own]
      .sort((a, b) => b.amount - a.amount)
      .map(({ offer, order }) => {
        const before = sorted.filter((bar) => bar.offer === offer && bar.order < order && bar.amount > 0)
        const start = before.reduce((sum, { amount }) => sum + amount, 0)
        const free = ends.get(offer) ?? low
        const at = Math.max(start, free)
        return { offer, at: at + wide <= high ? at : Math.max(free, Math.min(at, high - wide)), fits: at + wide <= high }
      })
    const { offer, at } = places.find(({ fits }) => fits) ?? places.reduce((a, b) => (b.at < a.at ? b : a))
    ends.set(offer, at + wide)
    return [{ offer, at, label: layer, color: Reflect.get(LAYER_COLORS, layer) ?? INK }]
  })
}

interface Stacked {
  readonly label: string
  readonly color: string
  /** Its amount in the last column. */
  readonly amount: number
}

/** Names the parts of a stack beside its last column, the first part at the axis. */
export function stackEnds(parts: readonly Stacked[]): LineEnd[] {
  let level = 0
  return parts.map(({ label, color, amount }) => {
    const at = level + amount / 2
    level += amount
    return { label, color, at }
  })
}
