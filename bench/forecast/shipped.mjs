// The series that ship with billcast: complaints in the public domain, and simulated ones.
import { readFileSync } from 'node:fs'
import { simulatedSeries } from './simulated.mjs'

export function shippedSeries(simulated) {
  const rows = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8').trim().split('\n').slice(1)
  return [{ id: 'complaints', group: 'cfpb', y: rows.map((row) => Number(row.split(',')[1])) }, ...simulatedSeries(simulated)]
}
