// Draws every chart of the shipped example: as a picture, and as a Vega specification that the site makes interactive.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'vega-lite'

/** @typedef {{ name: string, use: string, call: string, chart: { title: string, description: string, spec: object, toSVG(): Promise<string> } }} Drawn */

const EXAMPLE = 'examples/annual-budget.yaml'

/** @returns {Promise<Drawn[]>} */
export async function exampleCharts() {
  const { charts, sensitivity, simulate } = await import('billcast')
  const plan = readFileSync(EXAMPLE, 'utf8')
  const result = await simulate(plan, { trials: 100_000, folder: 'examples' })
  const [offer] = Object.keys(result.summary.offers)
  const { currency } = result.summary
  const drivers = await sensitivity(plan, { offer, trials: 8_192, folder: 'examples' })
  /** @param {string} use @param {Parameters<typeof result.chart>} args @returns {Drawn} */
  const of = (use, ...args) => ({
    name: args[0],
    use,
    call: `result.chart(${args.map((value) => `'${value}'`).join(', ')})`,
    chart: result.chart(...args),
  })
  return [
    of('Use it first: which offer needs the smallest budget, and how far each could go.', 'bars'),
    of('Use it to settle on an amount: how likely it is to be enough for each offer.', 's-curves'),
    of('Use it to see what would change the choice: where one offer takes the lead from another.', 'break-even', 'resolution.rate'),
    of('Use it to phase a budget by month.', 'fan', offer),
    of('Use it to show how likely a plan with single numbers is to be enough.', 's-curve', offer),
    of('Use it to compare how the costs of offers spread.', 'distributions'),
    of('Use it to show which offer is the cheapest most often.', 'cheapest'),
    of('Use it to compare offers two by two.', 'pairwise'),
    of('Use it to see what a bill consists of, beyond what a price list shows.', 'layers'),
    of('Use it to compare months of all offers.', 'monthly'),
    of('Use it to report by quarter.', 'quarters', offer),
    of('Use it to plan cash: what an offer takes in each month, and what the month expenses.', 'ledger', offer),
    of('Use it for the odds along one input, with their errors.', 'acceptability', 'resolution.rate'),
    of('Use it for two inputs at once.', 'winners', 'resolution.rate', 'conversations'),
    of('Use it to decide how many trials are enough.', 'convergence', 'p80', offer),
    {
      name: 'tornado',
      use: 'Use it to see which input moves a cost most.',
      call: `charts.tornado(drivers, '${currency}')`,
      chart: charts.tornado(drivers, currency),
    },
  ]
}

/** Charts side by side have a width each, and cannot follow that of the page. */
const PARTS = ['facet', 'concat', 'hconcat', 'vconcat', 'repeat']

/** Vega, with the value of a mark shown where the pointer rests. A single chart follows the width of the page. @param {object} spec */
function compiled(spec) {
  const { config = {}, encoding = {} } = /** @type {{ config?: object, encoding?: object }} */ (spec)
  const single = !PARTS.some((part) => part in spec) && !('row' in encoding || 'column' in encoding)
  const live = {
    ...spec,
    ...(single && { autosize: { type: 'fit-x', contains: 'padding' } }),
    config: { ...config, mark: { tooltip: true } },
  }
  const options = { logger: QUIET }
  return { ...compile(/** @type {Parameters<typeof compile>[0]} */ (live), options).spec, usermeta: { fits: single } }
}

/** What Vega-Lite would warn of is known, and no concern of a build. @type {import('vega-util').LoggerInterface} */
const QUIET = { level: () => QUIET, error: () => QUIET, warn: () => QUIET, info: () => QUIET, debug: () => QUIET }

/** @param {string} folder @param {readonly Drawn[]} drawn */
export async function writeCharts(folder, drawn) {
  mkdirSync(folder, { recursive: true })
  for (const { name, chart } of drawn) {
    writeFileSync(`${folder}/${name}.svg`, await chart.toSVG())
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(compiled(chart.spec)))
  }
}

/** The page that shows them. @param {readonly Drawn[]} drawn */
export function galleryPage(drawn) {
  const parts = drawn.map(
    ({ name, use, call, chart }) =>
      `## ${name}\n\n${use}\n\n\`\`\`js\n${call}\n\`\`\`\n\n![${chart.description.replaceAll(/[[\]]/g, '')}](/charts/${name}.svg)\n`,
  )
  const intro = `Each chart answers one question. Point at a mark to read its value. All of them show the shipped example, \`${EXAMPLE}\`, after 100,000 trials.`
  return `# Chart gallery\n\n${intro} The page [Charts](/charts.md) explains how to make them.\n\n${parts.join('\n')}`
}
