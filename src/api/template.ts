// A commented plan to start from.
import type { StatedRate } from '../contract/catalog/entry.ts'
import { catalog } from '../contract/catalog/index.ts'

/** The JSON Schema, where npm installs billcast beside the plan. Editors complete and check a plan by its first line. */
export const SCHEMA_FILE = 'node_modules/billcast/schema/scenario.schema.json'

/** The rates that others state for one vendor. The template shows them because billcast never uses a stated rate by itself. */
const stated = (by: StatedRate['by']): string =>
  (catalog.get('fin')?.rates ?? [])
    .filter((rate) => rate.by === by)
    .map(({ rate }) => rate)
    .join(', ')
const RATES = `Fin states ${stated('vendor')}, its customers ${stated('customer')}, others ${stated('independent')}`

export const TEMPLATE = `# yaml-language-server: $schema=${SCHEMA_FILE}
# A scenario for billcast. Replace the figures with your own. \`billcast check FILE\` shows how billcast reads them.
# Any value can name its source: { value: 45k to 60k, source: "ticket export, 2026" }.
# Data can replace a distribution: "empirical(tickets.csv, volume)".
name: Support budget
currency: USD
start: 2027-01
months: 12

conversations:
  base: 45k to 60k            # conversations a month: you are 90% sure that the value is in this range
  growth: 1%/month
  noise: { cv: 8%, autocorrelation: 0.5 }

resolution:                   # share of conversations that the AI resolves; ${RATES}
  rate: 60% to 70%
  improvement: 1pt/month
  ceiling: 85%
  noise: { sd: 2pt, autocorrelation: 0.7 }
  # returns: { share: 8% to 15%, lag: 1, to: people }   # customers who come back, although it seemed resolved

human: { cost: $6.00 }        # cost of a conversation that a person handles

offers:
  per-resolution:
    charges: [{ meter: resolutions, price: $0.99 }]
  per-conversation:
    charges: [{ meter: conversations, price: $0.80 }]
  committed:
    charges:
      - { meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }
      - { seats: 40, price: $115/month }
  published:
    catalog: gorgias-pro       # \`billcast offers\` lists the prices that vendors publish
  quoted:
    charges: [{ meter: conversations, price: "uniform($1.00, $3.50)", minimum: $30k/year }]

run: { trials: 1m, seed: fy2027 }
`
