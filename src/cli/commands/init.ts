// billcast init: a commented scenario to start from.
import type { FlagsOf } from '../../options/option.ts'
import { replace } from '../options.ts'
import { defineCommand } from '../command.ts'
import { writeFile } from 'node:fs/promises'
import type { StatedRate } from '../../contract/catalog/entry.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { UsageError } from '../../errors.ts'
import { plainWords } from '../../platform/node/words.ts'

export const summary = 'write a commented scenario to start from'
export const group = 'start'

/** What is said about one vendor, as a range to start from: nobody's rate is used silently. */
const stated = (by: StatedRate['by']): string =>
  (catalog.get('fin')?.rates ?? [])
    .filter((rate) => rate.by === by)
    .map(({ rate }) => rate)
    .join(', ')
const RATES = `Fin claims ${stated('vendor')}, its customers say ${stated('customer')}, others saw ${stated('independent')}`

const TEMPLATE = `# A scenario for billcast. Replace the figures by your own; \`billcast check FILE\` says what it understood.
# Any value may say where it comes from, { value: 45k to 60k, source: "ticket export, 2026" }, and what you have as a table may
# stand for a distribution: "empirical(tickets.csv, volume)".
name: Support budget
currency: USD
start: 2027-01
months: 12

conversations:
  base: 45k to 60k            # conversations a month: nine in ten guesses lie in this range
  growth: 1%/month
  noise: { cv: 8%, autocorrelation: 0.5 }

resolution:                   # share of conversations that the AI resolves; ${RATES}
  rate: 60% to 70%
  improvement: 1pt/month
  ceiling: 85%
  noise: { sd: 2pt, autocorrelation: 0.7 }

human: { cost: $6.00 }        # what a conversation costs that people handle

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
    catalog: gorgias-pro       # \`billcast offers\` lists what vendors publish
  quoted:
    charges: [{ meter: conversations, price: "uniform($1.00, $3.50)", minimum: $30k/year }]

run: { trials: 1m, seed: fy2027 }
`

const options = { force: replace } as const

async function initCommand({ force }: FlagsOf<typeof options>, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(TEMPLATE)
    return
  }
  try {
    await writeFile(file, TEMPLATE, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const words = plainWords(error)
    throw new UsageError(
      `${file}: expected a file that can be written, ${words}${words.includes('EEXIST') ? ': --force replaces it' : ''}`,
    )
  }
  process.stderr.write(`wrote ${file}: try \`billcast check ${file}\`, then \`billcast run ${file}\`\n`)
}

export const command = defineCommand({
  arguments: { '[file]': 'its name; standard output where none is given' },
  options: options,
  run: initCommand,
})
