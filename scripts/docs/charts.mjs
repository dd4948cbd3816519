// Draws every chart of the shipped example: as a picture, and as a Vega specification that the site makes interactive.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'vega-lite'

/** @typedef {{ name: string, call: string, chart: { title: string, description: string, spec: object, toSVG(): Promise<string> } }} Drawn */

const EXAMPLE = 'examples/annual-budget.yaml'

/** @returns {Promise<Drawn[]>} */
export async function exampleCharts() {
  const { charts, sensitivity, simulate } = await import('billcast')
  const plan = readFileSync(EXAMPLE, 'utf8')
  const result = await simulate(plan, { trials: 100_000, folder: 'examples' })
  const [offer] = Object.keys(result.summary.offers)
  const { currency } = result.summary
  const drivers = await sensitivity(plan, { offer, trials: 8_192, folder: 'examples' })
  /** @param {Parameters<typeof result.chart>} args @returns {Drawn} */
  const of = (...args) => ({
    name: args[0],
    call: `result.chart(${args.map((value) => `'${value}'`).join(', ')})`,
    chart: result.chart(...args),
  })
  return [
    of('fan', offer),
    of('s-curve', offer),
    of('distributions'),
    of('cheapest'),
    of('pairwise'),
    of('layers'),
    of('monthly'),
    of('acceptability', 'resolution.rate'),
    of('winners', 'resolution.rate', 'conversations'),
    { name: 'tornado', call: `charts.tornado(drivers, '${currency}')`, chart: charts.tornado(drivers, currency) },
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
    ({ name, call, chart }) =>
      `## ${name}\n\n\`\`\`js\n${call}\n\`\`\`\n\n![${chart.description.replaceAll(/[[\]]/g, '')}](/charts/${name}.svg)\n`,
  )
  const intro = `Each chart answers one question. Point at a mark to read its value. All of them show the shipped example, \`${EXAMPLE}\`, after 100,000 trials.`
  return `# Chart gallery\n\n${intro} The page [Charts](/charts.md) explains how to make them.\n\n${parts.join('\n')}`
}
