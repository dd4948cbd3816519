// What becomes of an input, from the reader to a small run: nothing else than a result or the errors that are meant for people.
import { readFileSync } from 'node:fs'
import { inlineExecutor } from '../../src/run/executor.ts'
import { ScenarioError, UsageError } from '../../src/errors.ts'
import { runScenario } from '../../src/api/run.ts'

const plan = readFileSync('examples/data/plan-2027.csv')
const reader = {
  read: (path: string) =>
    path === 'data/plan-2027.csv' ? Promise.resolve(plan) : Promise.reject(new Error('there is no such file')),
}

/** Paths of numbers that are none. */
function notFinite(node: unknown, path = ''): string[] {
  if (typeof node === 'number') return Number.isFinite(node) ? [] : [`${path} is ${node}`]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => notFinite(value, `${path}.${key}`))
}

/** `run` for a good scenario, `refused` for one that people are told about. @throws Error for whatever else happens */
export async function reading(input: string | object): Promise<'run' | 'refused'> {
  try {
    const { summary } = await runScenario(input, { trials: 32, keepTrials: true }, { executor: () => inlineExecutor, reader })
    const wrong = notFinite(summary)
    if (wrong.length > 0) throw new Error(`the summary holds ${wrong.slice(0, 3).join(', ')}`)
    return 'run'
  } catch (error) {
    if (!(error instanceof ScenarioError || error instanceof UsageError)) throw error
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(error.message)
    if (control || error.message === '') throw new Error(`not for a terminal: ${JSON.stringify(error.message)}`)
    return 'refused'
  }
}
