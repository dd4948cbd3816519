// Tests the plan in words: nothing that a plan states is missing.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { statedPlan } from '../../../src/present/report/stated.ts'

/** Every text and number in a plan, except its name, titles and how it runs. */
function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([key, own]) => (['name', 'title', 'run'].includes(key) ? [] : leavesOf(own)))
}

const EXAMPLES = ['annual-budget', 'channels', 'contract-year', 'from-history', 'ledger', 'returns', 'staffed-year', 'switch']

describe('the plan in words', () => {
  it.each(EXAMPLES)('has every figure of examples/%s.yaml', (name) => {
    const data: unknown = parse(readFileSync(`examples/${name}.yaml`, 'utf8'))
    const { charges, inputs } = statedPlan(data)
    const text = [...charges, ...inputs].map(({ words }) => words).join('\n')
    expect(leavesOf(data).filter((leaf) => !text.includes(leaf))).toEqual([])
  })

  it('names figures by their labels and places, and keeps growth, ceiling, actions and sources', () => {
    const { inputs, charges } = statedPlan({
      conversations: { base: { value: '50k', source: 'ticket export' }, growth: '1%/month' },
      resolution: { rate: '60% to 70%', improvement: '1pt/month', ceiling: '85%' },
      actions: 4,
      offers: { zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] } },
    })
    const find = (path: string) => inputs.find(({ name }) => name.includes(path))?.words
    expect(find('(conversations.base)')).toBe('50k (ticket export)')
    expect(find('(conversations.growth)')).toBe('1%/month')
    expect(find('(resolution.ceiling)')).toBe('85%')
    expect(find('actions')).toBe('4')
    expect(charges).toHaveLength(1)
    for (const term of ['resolutions', '30k/month', '$1.50', '$2.00']) expect(charges[0].words).toContain(`: ${term}`)
  })

  it('has the charges of the catalog, with what the plan changes', () => {
    const [, charge] = statedPlan({ offers: { fin: { catalog: 'fin', charges: { outcomes: { price: '$0.77' } } } } }).charges
    expect(charge.words).toContain('$0.77')
    expect(charge.words).toContain('outcomes')
  })

  it('has a row for each part of a switch', () => {
    const parts = {
      old: { charges: [{ fee: '$500/month' }] },
      new: { from: '2027-05', charges: [{ meter: 'conversations', price: '$1' }] },
    }
    const { charges } = statedPlan({ offers: { change: { parts } } })
    expect(charges.map(({ name }) => name)).toEqual(['old in change', 'new in change', 'new in change'])
  })
})
