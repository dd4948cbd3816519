// Plans with one mistake each, read and compiled as a run does it.
import { prepareScenario } from '../../src/api/run.ts'
import { files as tables } from '../scenario/unusable-files.ts'
import { good } from '../scenario/slips.ts'
import { type Input, inline, short } from './input.ts'

const encoder = new TextEncoder()

export const reader = (files: Readonly<Record<string, string | Uint8Array>>) => ({
  read: (path: string): Promise<Uint8Array> => {
    if (!Object.hasOwn(files, path)) return Promise.reject(new Error('there is no such file'))
    const file = files[path]
    return Promise.resolve(typeof file === 'string' ? encoder.encode(file) : file)
  },
})

/** The lines in which a plan differs from the smallest good one. */
function difference(plan: string | object): string {
  if (typeof plan === 'string') {
    const usual = new Set([
      'months: 12',
      'conversations: { base: 50k }',
      'resolution: { rate: 65% }',
      'offers: { fin: { charges: [{ meter: resolutions, price: $0.99 }] } }',
    ])
    const own = plan.split('\n').filter((line) => !usual.has(line))
    return short(own.join('\n'))
  }
  const usual: Readonly<Record<string, unknown>> = good
  const own = Object.entries(plan).filter(([key, value]) => inline(value) !== inline(usual[key]))
  const line = ([key, value]: [string, unknown]) =>
    value === undefined ? `without ${key}` : inline({ [key]: value }).replace(/^\{ (.*) \}$/s, '$1')
  return short(own.map(line).join('\n'))
}

/** Plans as text or data. What they share with the smallest plan is not shown. */
export const plans = (list: readonly (string | object)[], files: Readonly<Record<string, string | Uint8Array>> = tables): Input[] =>
  list.map((plan) => ({ shown: difference(plan), run: () => prepareScenario(plan, { trials: 64 }, reader(files)) }))
