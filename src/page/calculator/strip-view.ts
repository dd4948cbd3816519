// A strip of leaders along the rate or the volume, with a handle where the plan is.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import { drags } from './drags.ts'
import { sliderKeys } from './keys.ts'
import { changedPlan, type FieldChange, type Form, rateText } from './plan.ts'
import type { Strip } from './protocol.ts'
import type { Store } from './store.ts'
import { ownColor } from '../swatch.ts'

const NAMES = { rate: 'Resolution rate at the start', volume: 'Conversations a month' } as const
const STEPS = { rate: 1, volume: 1_000 } as const

/** What a place on a strip is in the plan. A range keeps its width. */
function changeTo(key: Strip['key'], value: number, width: number): FieldChange {
  if (key === 'volume') return [['conversations', 'base'], Math.round(value / 100) * 100]
  const from = Math.max(1, Math.round(value - width / 2))
  const to = Math.min(99, Math.round(value + width / 2))
  return [['resolution', 'rate'], rateText([from, to])]
}

interface StripProps {
  readonly strip: Strip
  readonly store: Store
  readonly form: Form
}

export function StripView({ strip, store, form }: StripProps): ComponentChild {
  const { key, low, high, parts } = strip
  const text = (value: number) => (key === 'rate' ? `${Math.round(10 * value) / 10}%` : formatNumber(Math.round(value / 100) * 100))
  const at = (value: number) => `${(100 * (Math.min(high, Math.max(low, value)) - low)) / (high - low)}%`
  const [from, to] = key === 'rate' ? (form.rate ?? [low, high]) : [form.volume ?? low, form.volume ?? low]
  const here = (from + to) / 2
  const leaders = parts.filter(({ color }, k) => k === 0 || parts[k - 1].color !== color)
  const breakEvens = leaders.slice(1).map((part) => part.from)
  const words =
    leaders.length === 1
      ? `${leaders[0].title} leads at every ${key} shown.`
      : `The cheapest on average is ${leaders.map((part, k) => (k === 0 ? `${part.title} up to ${text(breakEvens[0])}` : `${part.title} from ${text(part.from)} on`)).join(', then ')}.`
  const leader = parts.find((part) => here <= part.to) ?? parts[parts.length - 1]
  const move = (value: number, joined = false) => {
    store.edit(changedPlan(store.state.plan, [changeTo(key, value, to - from)]), joined)
    return value
  }
  return h(
    'div',
    { class: 'course' },
    h('h3', {}, NAMES[key], h('span', {}, `You are here: ${text(here)}`)),
    h(
      'div',
      { class: 'track' },
      h(
        'div',
        { class: 'parts', 'aria-hidden': 'true' },
        parts.map((part) =>
          h('i', {
            class: part.pale ? 'pale' : '',
            style: `${ownColor(part.color)};left:${at(part.from)};width:calc(${at(part.to)} - ${at(part.from)})`,
          }),
        ),
      ),
      h('input', {
        type: 'range',
        min: low,
        max: high,
        step: STEPS[key],
        value: here,
        'aria-label': NAMES[key],
        'aria-valuetext': `${text(here)}. ${leader.title} is the cheapest on average. ${words}`,
        onKeyDown: sliderKeys(() => ({ value: here, step: STEPS[key], low, high, breakEvens }), move),
        ...drags(store, move),
      }),
    ),
    h('p', { class: 'ends' }, h('span', {}, text(low)), h('span', {}, text(high))),
    h('p', {}, words),
  )
}
