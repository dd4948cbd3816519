// Runs scenarios with the built package in whatever runs this file (Node, Deno) and prints all that must be the same everywhere.
// Arguments: a JSON file of scenarios by name; without one, the shipped example.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { calibrate, simulate } from 'billcast'

console.error(`run by ${globalThis.Deno ? `deno ${globalThis.Deno.version.deno}` : `node ${process.versions.node}`}`)
const [file] = process.argv.slice(2)
const scenarios = file
  ? JSON.parse(readFileSync(file, 'utf8'))
  : Object.fromEntries(['annual-budget', 'from-history'].map((name) => [name, readFileSync(`examples/${name}.yaml`, 'utf8')]))

// Many scenarios need not be long.
const trials = file ? 2_048 : 20_000

for (const [name, scenario] of Object.entries(scenarios)) {
  for (const method of ['sobol', 'latin', 'random']) {
    const result = await simulate(scenario, { folder: 'examples', trials, seed: 'anywhere', method, threads: 2 })
    const hash = createHash('sha256')
    for (const table of [result.trials(), result.months()]) {
      for (const { name } of table.schema.fields) {
        const values = table.getChild(name)?.toArray()
        hash.update(ArrayBuffer.isView(values) ? new Uint8Array(values.slice().buffer) : JSON.stringify([...(values ?? [])]))
      }
    }
    console.log(JSON.stringify({ name, method, summary: result.summary, tables: hash.digest('hex') }))
  }
}

// Fits go through libraries that use the platform's own Math: what enters a scenario is rounded.
const history = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
const { scenario } = await calibrate(history, { since: '2013-01', until: '2019-12' })
console.log(JSON.stringify(scenario))

// A run stops on a signal, without ending the process.
const controller = new AbortController()
const long = simulate(Object.values(scenarios)[0], {
  folder: 'examples',
  trials: 100_000_000,
  keepTrials: false,
  threads: 2,
  signal: controller.signal,
})
setTimeout(() => controller.abort(), 300)
console.log(
  await long.then(
    () => 'not stopped',
    (error) => `stopped: ${error.name}`,
  ),
)
