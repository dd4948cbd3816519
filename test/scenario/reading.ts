// Reads and runs an input, and reports anything but a result or an error for people.
import { readFileSync } from 'node:fs'
import { inlineExecutor } from '../../src/run/executor.ts'
import { ScenarioError, UsageError } from '../../src/errors.ts'
import { runScenario } from '../../src/api/run.ts'

const plan = readFileSync('examples/data/plan-2027.csv')
const reader = {
  read: (path: string) =>
    path === 'data/plan-2027.csv' ? Promise.resolve(plan) : Promise.reject(new Error('there is no such file')),
}

/** Paths that do not lead to numbers. */
function notFinite(node: unknown, path = ''): string[] {
  if (typeof node === 'number') return Number.isFinite(node) ? [] : [`${path} is ${node}`]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => notFinite(value, `${path}.${key}`))
}

/** Returns `run` for a valid plan and `refused` for an error for people. @throws Error in all other cases */
export async function reading(input: string | object): Promise<'run' | 'refused'> {
  try {
    const { summary } = await runScenario(input, { trials: 32, keepTrials: true }, { executor: () => inlineExecutor, reader })
    const wrong = notFinite(summary)
    if (wrong.length > 0) throw new Error(`the summary holds ${wrong.slice(0, 3).join(', ')}`)
    return 'run'
  } catch (error) {
    if (!(error instanceof ScenarioError || error instanceof UsageError)) throw error
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a terminal
    const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(error.message)
    if (control || error.message === '') throw new Error(`not for a terminal: ${JSON.stringify(error.message)}`)
    return 'refused'
  }
}
