// A strip of leaders along the rate or the volume, with a handle where the plan is.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import { drags } from './drags.ts'
import { sliderKeys } from './keys.ts'
import { changedPlan, type FieldChange, type Form, rateName, rateText } from './plan.ts'
import type { Strip } from './protocol.ts'
import type { Store } from './store.ts'
import { volumePlaceOf } from './volume-place.ts'
import { ownStyle } from '../../present/charts/theme.ts'

/** One percent of a history. */
const LEVEL_STEP = 0.01

/** A step of the arrows: one point, or 1,000 conversations, and fewer where that is a large part of the strip. */
function stepOf({ key, low, high }: Pick<Strip, 'key' | 'low' | 'high'>): number {
  if (key === 'level') return LEVEL_STEP
  return key === 'rate' ? 1 : ([1_000, 100, 10].find((step) => high - low >= 20 * step) ?? 1)
}

/** A volume to a tenth of a step, which is fine enough for a break-even. */
function roundedTo(step: number, value: number): number {
  const fine = Math.max(1, step / 10)
  return Math.round(value / fine) * fine
}

/** A strip's value in words. */
function valueText(key: Strip['key'], value: number, step: number): string {
  if (key === 'rate') return `${Math.round(10 * value) / 10}%`
  // A history has many volumes, so that its strip shows shares of them.
  return key === 'level' ? `${Math.round(1_000 * value) / 10}%` : formatNumber(roundedTo(step, value))
}

const NAMES = { volume: 'Conversations a month', level: 'Conversations, in percent of the history' } as const

/** What a place on the strip of the rate is in the plan. A range keeps its width. */
function changeTo(value: number, width: number): FieldChange {
  const from = Math.max(1, Math.round(value - width / 2))
  const to = Math.min(99, Math.round(value + width / 2))
  return [['resolution', 'rate'], rateText([from, to])]
}

/** Pixels of a strip on a narrow page, and about how wide a letter is. Names that have no room there stand above the strips. */
const [ROOM, LETTER, MARGIN] = [330, 7, 8] as const

const isNamed = ({ from, to, title }: Strip['parts'][number], span: number): boolean =>
  (ROOM * (to - from)) / span >= LETTER * title.length + MARGIN

/** Where a name stands in its part: in the middle, or away from the handle. */
function sideOf({ from, to, title }: Strip['parts'][number], here: number, span: number): 'center' | 'left' | 'right' {
  const middle = (from + to) / 2
  const near = LETTER * (title.length / 2 + 1) + MARGIN
  if ((ROOM * Math.abs(here - middle)) / span > near) return 'center'
  return here < middle ? 'right' : 'left'
}

/** The places of leaders that no part of any strip names. */
export function unnamedOn(strips: readonly Strip[]): readonly number[] {
  const named = strips.flatMap(({ parts, low, high }) =>
    parts.filter((part) => isNamed(part, high - low)).map(({ place }) => place),
  )
  return [...new Set(strips.flatMap(({ parts }) => parts.map(({ place }) => place)))].filter((place) => !named.includes(place))
}

/** Break-evens closer than this to another label have none of their own: a share of the strip. */
const APART = 0.14

/** Break-evens that have room for their labels, between those of the ends. */
function labeled(breakEvens: readonly number[], low: number, high: number): readonly number[] {
  const kept: number[] = []
  for (const at of breakEvens) if ((at - (kept[kept.length - 1] ?? -Infinity)) / (high - low) >= APART) kept.push(at)
  return kept
}

/** Whether another gray offer leads before. A gap has to part both. */
const meetsGray = (parts: Strip['parts'], k: number, colorOf: StripProps['colorOf']): boolean =>
  k > 0 && parts[k - 1].place !== parts[k].place && [k - 1, k].every((own) => colorOf(parts[own].place) === undefined)

interface StripProps {
  readonly strip: Strip
  readonly store: Store
  readonly form: Form
  /** The place whose color the offer at a place of the plan has. */
  readonly colorOf: (place: number) => number | undefined
}

export function StripView({ strip, store, form, colorOf }: StripProps): ComponentChild {
  const { key, low, high, parts } = strip
  const step = stepOf(strip)
  const name = key === 'rate' ? rateName(form) : NAMES[key]
  const text = (value: number) => valueText(key, value, step)
  const volume = volumePlaceOf(form)
  const at = (value: number) => `${(100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low)}%`
  const [from, to] = key === 'rate' ? (form.rate ?? [low, high]) : [volume?.value ?? low, volume?.value ?? low]
  const here = (from + to) / 2
  const leaders = parts.filter(({ place }, k) => k === 0 || parts[k - 1].place !== place)
  const breakEvens = leaders.slice(1).map((part) => part.from)
  const words =
    leaders.length === 1
      ? `${leaders[0].title} leads at every ${key === 'rate' ? 'rate' : 'volume'} shown.`
      : `The cheapest on average is ${leaders.map((part, k) => (k === 0 ? `${part.title} up to ${text(breakEvens[0])}` : `${part.title} from ${text(part.from)} on`)).join(', then ')}.`
  const move = (value: number, joined = false) => {
    const fine = key === 'volume' ? roundedTo(step, value) : value
    const change = key === 'rate' ? changeTo(value, to - from) : volume?.change(fine)
    if (change) store.edit(changedPlan(store.state.plan, [change]), joined)
    return value
  }
  const labels = labeled(breakEvens, low, high)
  const isFar = (end: number) => labels.every((each) => Math.abs(each - end) / (high - low) >= APART)
  return h(
    'div',
    { class: 'course' },
    h('h3', {}, name),
    h(
      'div',
      { class: 'strip-side' },
      h(
        'p',
        { class: 'here', 'aria-hidden': 'true' },
        h('b', { style: `left:clamp(60px, ${at(here)}, calc(100% - 60px))` }, `You are here: ${text(here)}`),
      ),
      h(
        'div',
        { class: 'track' },
        h(
          'div',
          { class: 'parts', 'aria-hidden': 'true' },
          key === 'rate' && from < to && h('u', { style: `left:${at(from)};right:calc(100% - ${at(to)})` }),
          parts.map((part, k) =>
            h(
              'i',
              {
                class: part.pale ? 'pale' : '',
                style: `${ownStyle(colorOf(part.place))};left:${at(part.from)};width:calc(${at(part.to)} - ${at(part.from)});text-align:${sideOf(part, here, high - low)}${meetsGray(parts, k, colorOf) ? ';box-shadow:inset 2px 0 var(--page)' : ''}`,
              },
              isNamed(part, high - low) ? part.title : '',
            ),
          ),
        ),
        h('input', {
          type: 'range',
          min: low,
          max: high,
          step,
          value: here,
          title: 'Shift with an arrow moves further, and B moves to the next break-even',
          'aria-label': name,
          'aria-valuetext': `${text(here)}. ${hereWords(leaders, here, text)}`,
          onKeyDown: sliderKeys(() => ({ value: here, step, low, high, breakEvens }), move),
          ...drags(store, move),
        }),
      ),
      h(
        'p',
        { class: 'ends', 'aria-hidden': 'true' },
        h('span', {}, isFar(low) ? text(low) : ''),
        labels.map((value) => h('b', { style: `left:${at(value)}` }, text(value))),
        h('span', {}, isFar(high) ? text(high) : ''),
      ),
    ),
    h(PartsTable, { strip, name, text, words }),
  )
}

/** Who leads here, and from where on another does: the next one, or before the end the one before. */
function hereWords(leaders: Strip['parts'], here: number, text: (value: number) => string): string {
  const found = leaders.findIndex((_, k) => leaders[k + 1] === undefined || here <= leaders[k + 1].from)
  const [before, leader, next] = [leaders[found - 1], leaders[found], leaders[found + 1]]
  const other = next
    ? ` ${next.title} is from ${text(next.from)} on.`
    : before
      ? ` ${before.title} is up to ${text(leader.from)}.`
      : ''
  return `${leader.title} is the cheapest on average.${other}`
}

interface PartsTableProps {
  readonly strip: Strip
  readonly name: string
  readonly text: (value: number) => string
  /** The same in a sentence. */
  readonly words: string
}

function PartsTable({ strip: { parts }, name, text, words }: PartsTableProps): ComponentChild {
  return h(
    'details',
    {},
    h('summary', {}, 'Figures'),
    h('p', {}, words),
    h(
      'table',
      {},
      h('caption', {}, `Cheapest on average by ${name.charAt(0).toLowerCase()}${name.slice(1)}`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['From', 'To', 'Cheapest', 'Lead'].map((head) => h('th', { scope: 'col' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        parts.map(({ from, to, title, pale }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, text(from)),
            [text(to), title, pale ? 'under 1%' : '1% or more'].map((cell) => h('td', {}, cell)),
          ),
        ),
      ),
    ),
  )
}
