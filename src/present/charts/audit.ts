// What each definition counts, and how many conversations come so far.
import type { Audit } from '../../invoice/audit/audit.ts'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { Chart } from './chart.ts'
import { COLOURS, percent, shortMoney, WIDTH } from './theme.ts'
import { formatNumber } from '../../notation/number.ts'

const count = (value: number): string => formatNumber(value)

/** Bars of the counts by each definition, with what the contract bills for them. */
export function definitionsChart({ counts, bills, involved, definition }: Audit, currency = 'USD'): Chart {
  const values = DEFINITION_NAMES.map((name) => ({
    name,
    count: counts[name],
    own: name === definition.counts,
    label: `${count(counts[name])}, ${shortMoney(bills[name], currency)}`,
  }))
  const [widest, narrowest] = [bills.timeout, bills.verified]
  const y = { field: 'name', type: 'nominal', sort: null, title: null }
  const x = { field: 'count', type: 'quantitative', axis: { title: 'resolutions', format: '~s' } }
  return new Chart(
    `The definition is worth ${shortMoney(widest - narrowest, currency)}`,
    `Resolutions of ${count(involved)} conversations with the AI by each definition, and what the contract bills for them: ${values.map(({ name, label }) => `${name} ${label}`).join('; ')}.`,
    {
      width: WIDTH,
      height: 120,
      data: { values },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: { y, x, color: { condition: { test: 'datum.own', value: COLOURS[1] }, value: COLOURS[0] } },
        },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x, text: { field: 'label' } } },
      ],
    },
  )
}

/** Conversations, those with the AI, contained, resolved, verified, billed. */
export function funnelChart({ conversations, involved, contained, counts, billed }: Audit): Chart {
  const values = [
    { step: 'conversations', count: conversations },
    { step: 'with the AI', count: involved },
    { step: 'contained', count: contained },
    { step: 'resolved', count: counts.assumed },
    { step: 'verified', count: counts.verified },
    ...(billed ? [{ step: 'billed', count: billed.units }] : []),
  ].map((step) => ({ ...step, label: `${count(step.count)} (${percent(step.count / conversations)})` }))
  const y = { field: 'step', type: 'nominal', sort: null, title: null }
  const x = { field: 'count', type: 'quantitative', axis: { title: 'conversations', format: '~s' } }
  const [c, r] = [contained / involved, counts.assumed / involved]
  return new Chart(
    `${percent(c)} contained, ${percent(r)} resolved`,
    `How far conversations come: ${values.map(({ step, label }) => `${step} ${label}`).join(', ')}.`,
    {
      width: WIDTH,
      height: 180,
      data: { values },
      layer: [
        { mark: { type: 'bar', color: COLOURS[0] }, encoding: { y, x } },
        { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x, text: { field: 'label' } } },
      ],
    },
  )
}
