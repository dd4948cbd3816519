// Prints the golden figures of the built package, in any runtime. Arguments: the number of threads, and `--check`, which compares them
// with golden.json instead.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { simulate } from 'billcast'
import { goldenFaults, goldenFigures } from './golden.mjs'

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const args = process.argv.slice(2)
const threads = Number(args.find((arg) => arg !== '--check') ?? 1)
const found = await goldenFigures(simulate, read('scenarios.json'), { threads })

if (args.includes('--check')) {
  const faults = goldenFaults(read('golden.json'), found, read('renames.json'))
  for (const fault of faults) console.error(fault)
  console.log(`${faults.length} golden figures are missing or have changed`)
  process.exitCode = faults.length === 0 ? 0 : 1
} else console.log(JSON.stringify(found, null, 2))
