// The S-curves of all offers, and how likely an amount is to be enough for each. The amount is dragged or typed.
import { type ComponentChild, h } from 'preact'
import { formatWhole } from '../../notation/money.ts'
import { isWithinScale } from '../../present/charts/beyond.ts'
import { cssShare } from '../../present/report/css-share.ts'
import type { LiveAnswer, LiveOffer } from '../../present/report/live.ts'
import { roundTicks } from '../../present/report/round-scale.ts'
import { ownStyle } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'
import { oddsWords } from './curve.ts'
import type { Live } from './view.ts'

const WIDTH = 600
const HEIGHT = 180
const STEPS = 400

const p80Of = ({ p80, mean }: LiveOffer): number => (p80 ?? mean).exact.value

interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** An axis with round ends around all curves that fit one. */
function scaleOf(offers: readonly LiveOffer[]): Scale {
  const least = Math.min(...offers.map(p80Of))
  const points = offers.filter((offer) => isWithinScale(p80Of(offer), least)).flatMap((offer) => offer.points)
  const amounts = points.map(({ amount }) => amount)
  const ticks = roundTicks(Math.min(...amounts), Math.max(...amounts))
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks }
}

/** Out of 100 years, from the top. */
const LEVELS = [100, 50, 0] as const

function Curve({
  offer,
  scale,
  best,
}: {
  readonly offer: LiveOffer
  readonly scale: Scale
  readonly best: boolean
}): ComponentChild {
  const { low, high } = scale
  const line = offer.points.map(({ amount, probability }, k) => {
    const x = (WIDTH * (amount - low)) / (high - low)
    return `${k === 0 ? 'M' : 'L'}${x.toFixed(1)} ${(HEIGHT * (1 - probability)).toFixed(1)}`
  })
  return h('path', { d: line.join(''), class: best ? 'best' : '', style: ownStyle(offer.color) })
}

/** The amount on view: the reader's, or the budget of the offer that the verdict names. */
function amountOf({ amount }: Live, { best, offers }: LiveAnswer): number {
  return amount ?? Math.round(p80Of(offers.find(({ name }) => name === best) ?? offers[0]))
}

export function CurveView({ live }: { readonly live: Live }): ComponentChild {
  const { answer } = live
  const offers = answer.offers.filter(({ points }) => points.length > 0)
  if (offers.length === 0) return null
  const scale = scaleOf(offers)
  const { low, high, ticks } = scale
  const amount = amountOf(live, answer)
  const money = (value: number) => formatWhole(value, answer.currency)
  const place = Math.min(1, Math.max(0, (amount - low) / (high - low)))
  const words = offers.map((offer) => `${offer.title} ${oddsWords(offer.points, amount, answer.years)}`)
  const take = (value: number) => live.read(Number.isFinite(value) ? Math.round(value) : undefined)
  return h(
    'figure',
    { class: 'curves' },
    h(
      'figcaption',
      {},
      h('strong', {}, 'Is this amount enough?'),
      ` How many of 100 ${answer.years} an amount is enough in. Drag the line, or type an amount.`,
    ),
    h(
      'p',
      {},
      h('label', { for: 'live-amount' }, 'Amount'),
      ' ',
      h('input', {
        id: 'live-amount',
        type: 'number',
        step: 'any',
        value: amount,
        onInput: (event: Event) => take((event.currentTarget as HTMLInputElement).valueAsNumber),
      }),
    ),
    h(
      'div',
      { class: 'plot' },
      LEVELS.map((level) => h('i', { class: 'level', style: `top:${100 - level}%`, 'aria-hidden': 'true' }, h('span', {}, level))),
      h(
        'svg',
        { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words.join('. ') },
        offers.map((offer) => h(Curve, { key: offer.name, offer, scale, best: offer.name === answer.best })),
      ),
      h('i', { class: 'probe', style: `left:${cssShare(place)}` }),
      h('input', {
        type: 'range',
        min: 0,
        max: STEPS,
        step: 1,
        value: Math.round(STEPS * place),
        'aria-label': 'Amount on the curves',
        'aria-valuetext': money(amount),
        onInput: (event: Event) => take(low + ((high - low) * (event.currentTarget as HTMLInputElement).valueAsNumber) / STEPS),
      }),
    ),
    h(
      'p',
      { class: 'ticks', 'aria-hidden': 'true' },
      ticks.map((tick) => h('span', { style: `left:${cssShare((tick - low) / (high - low))}` }, money(tick))),
    ),
    h(
      'ul',
      { id: 'live-odds', class: 'enough' },
      offers.map((offer) =>
        h(
          'li',
          { key: offer.name },
          swatch(offer.color),
          `${offer.title}: ${money(amount)} ${oddsWords(offer.points, amount, answer.years)}`,
        ),
      ),
    ),
  )
}
