// Charts of an audit.
import type { Audit } from '../../invoice/audit/audit.ts'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { formatNumber } from '../../notation/number.ts'
import { Chart, type Spec } from './chart.ts'
import { COLORS, percent, quantity, shortMoney } from './theme.ts'

/** Labeled bars, one for each of `values`, in their order. */
function bars(values: readonly object[], field: string, title: string, color: object): Spec {
  const y = { field, type: 'nominal', sort: null, title: null }
  const x = quantity('count', { scale: { nice: false }, axis: { title, format: '~s', tickCount: 5 } })
  return {
    height: { step: 32 },
    data: { values },
    layer: [
      { mark: { type: 'bar', height: 20 }, encoding: { y, x, color } },
      { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x, text: { field: 'label' } } },
    ],
  }
}

/** Resolutions by each definition, and the contract's bill for each count. */
export function definitionsChart({ counts, bills, involved, definition }: Audit, currency = 'USD'): Chart {
  const values = DEFINITION_NAMES.map((name) => ({
    name,
    count: counts[name],
    own: name === definition.counts,
    label: `${formatNumber(counts[name])}, ${shortMoney(bills[name], currency)}`,
  }))
  const moved = shortMoney(bills.timeout - bills.verified, currency)
  const found = values.map(({ name, label }) => `${name} ${label}`).join('; ')
  return new Chart(
    moved === shortMoney(0, currency)
      ? 'The choice of definition does not move the bill'
      : `The choice of definition moves the bill by ${moved}`,
    `Of ${formatNumber(involved)} conversations with the AI, each definition counts a different number of resolutions, for which the contract bills: ${found}.`,
    bars(values, 'name', 'resolutions', { condition: { test: 'datum.own', value: COLORS[1] }, value: COLORS[0] }),
    { subtitle: `Resolutions by definition, and what the contract bills for each, ${currency}` },
  )
}

/** From all conversations to those with the AI, contained, resolved, verified and billed. */
export function funnelChart({ conversations, involved, contained, counts, billed }: Audit): Chart {
  const values = [
    { step: 'conversations', count: conversations },
    { step: 'with the AI', count: involved },
    { step: 'contained', count: contained },
    { step: 'resolved', count: counts.assumed },
    { step: 'verified', count: counts.verified },
    ...(billed ? [{ step: 'billed', count: billed.units }] : []),
  ].map((step) => ({ ...step, label: `${formatNumber(step.count)} (${percent(step.count / conversations)})` }))
  return new Chart(
    `Of all conversations, the AI contained ${percent(contained / conversations)} and resolved ${percent(counts.assumed / conversations)}`,
    `The counts get smaller from step to step: ${values.map(({ step, label }) => `${step} ${label}`).join(', ')}.`,
    bars(values, 'step', 'conversations', { value: COLORS[0] }),
    { subtitle: `Conversations at each step, and their share of all` },
  )
}
