// npm run bench [-- QUESTION …] [--json FILE] [--docs] runs the benchmarks, one file of this folder each. They measure ratios and medians side
// by side. --docs writes the tables of docs/performance.md that are marked as made by a question. `forecast` takes --series FOLDER, and
// without it measures the series that ship with billcast, and --sample N, which takes N of its cases.
import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { accuracy } from './accuracy.mjs'
import { batches } from './batch.mjs'
import { commands } from './commands.mjs'
import { fleets } from './distributed/fleet.mjs'
import { forecast } from './forecast.mjs'
import { kernel } from './kernel.mjs'
import { loop } from './loop.mjs'
import { percentiles } from './percentiles.mjs'
import { queues } from './queue.mjs'
import { scaling } from './scaling.mjs'
import { segments } from './segments.mjs'
import { simulation, threads } from './simulation.mjs'
import { startup } from './startup.mjs'
import { sweeps } from './sweeps.mjs'

const questions = {
  kernel,
  simulation,
  threads,
  percentiles,
  scaling,
  segments,
  accuracy,
  startup,
  commands,
  loop,
  sweeps,
  batches,
  queues,
  fleets,
  forecast: () => forecast(option('--series'), sample === undefined ? undefined : Number(sample)),
}
const PAGE = 'docs/performance.md'
const docs = process.argv.includes('--docs')
const given = process.argv.slice(2).filter((arg) => arg !== '--docs')
/** What stands behind an option, if it is given. */
const option = (name) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined)
const sample = option('--sample')
const file = option('--json')
const VALUED = ['--series', '--sample', '--json']
const asked = given.filter((arg, k) => !VALUED.includes(arg) && !VALUED.includes(given[k - 1]))
const unknown = asked.find((name) => !Object.hasOwn(questions, name))
if (unknown !== undefined) {
  process.stderr.write(`there is no question "${unknown}": ${Object.keys(questions).join(', ')}\n`)
  process.exit(2)
}
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.version,
}
/** Writes a question's table into the page, if the page has a place for it. */
function document(name, rows) {
  const place = new RegExp(`(<!-- made by npm run bench -- ${name} --docs -->\\n)[\\s\\S]*?(\\n<!-- end -->)`)
  const keys = Object.keys(rows[0])
  const lines = [keys, keys.map(() => '---'), ...rows.map((row) => keys.map((key) => row[key]))]
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(
    PAGE,
    page.replace(place, (_, begin, end) => `${begin}\n${table}\n${end}`),
  )
}

const results = {}
for (const [name, ask] of Object.entries(questions)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const answer = await ask()
  results[name] = answer
  if (docs && Array.isArray(answer)) document(name, answer)
  for (const [title, rows] of Array.isArray(answer) ? [[name, answer]] : Object.entries(answer)) {
    process.stdout.write(`\n${title}\n`)
    console.table(rows)
  }
}
if (file) writeFileSync(file, `${JSON.stringify({ machine, date: new Date().toISOString(), results }, null, 2)}\n`)
