// The compiled reference scenario, and helpers that several benchmarks share.
import { readFileSync } from 'node:fs'
import { compile } from '../.cache/modules/compile/compile.js'
import { resolve } from '../.cache/modules/scenario/resolve/resolve.js'
import { readScenario } from '../.cache/modules/scenario/read.js'

export const MONTHS = 12
export const referenceText = readFileSync(new URL('reference.yaml', import.meta.url), 'utf8')
export const exampleFolder = new URL('../examples/', import.meta.url).pathname

export async function compiled(text = referenceText) {
  const reader = { read: async (path) => readFileSync(exampleFolder + path) }
  const { scenario } = await resolve(readScenario(text), reader)
  return compile(scenario, { measure: 'bill', pairs: 'auto' })
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Median seconds of a call, after a warm-up call. */
export async function seconds(call, times = 5) {
  await call()
  const found = []
  for (let k = 0; k < times; k++) {
    const began = performance.now()
    await call()
    found.push((performance.now() - began) / 1000)
  }
  return median(found)
}

export const round = (x, digits = 3) => Number(x.toPrecision(digits))
