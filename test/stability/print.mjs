// Prints the golden hashes of the built package, by whatever runs this file. One argument: the number of threads.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { simulate } from 'billcast'
import { goldenHashes } from './golden.mjs'

const scenarios = JSON.parse(readFileSync(new URL('scenarios.json', import.meta.url), 'utf8'))
const threads = Number(process.argv[2] ?? 1)
console.log(JSON.stringify(await goldenHashes(simulate, scenarios, { threads }), null, 2))
