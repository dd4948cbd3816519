// The editor of the whole plan suggests keys and values at the cursor.
import { describe, expect, it } from 'vitest'
import { textPlaceAt } from '../../src/page/calculator/editor/place.ts'
import { schemaKeys, type SchemaNode, schemaWords } from '../../src/page/calculator/editor/schema-options.ts'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'

/** The place of the bar in a text. */
const at = (text: string) => textPlaceAt(text.replace('|', ''), text.indexOf('|'))
const schema = scenarioJsonSchema() as SchemaNode
const labels = (options: readonly { readonly label: string }[]) => options.map(({ label }) => label)

describe('the place of the cursor', () => {
  it.each([
    ['|', []],
    ['conversations:\n  ba|', ['conversations']],
    ['conversations:\n  base: 1\nre|', []],
    ['offers:\n  fin:\n    title: Fin\n    ch|', ['offers', 'fin']],
    ['offers:\n  fin:\n    charges:\n      - me|', ['offers', 'fin', 'charges', 0]],
    ['offers:\n  fin:\n    charges:\n      - meter: resolutions\n        pr|', ['offers', 'fin', 'charges', 0]],
    ['offers:\n  fin:\n    charges:\n    - meter: resolutions\n      pr|', ['offers', 'fin', 'charges', 0]],
    ['offers:\n  fin: { charges: [{ me|', ['offers', 'fin', 'charges', 0]],
    ['offers:\n  fin: { charges: [{ meter: resolutions, price: 1 }], ti|', ['offers', 'fin']],
    ['conversations: { noise: { cv: 8%, au|', ['conversations', 'noise']],
    ['# human:\n\nconversations:\n  # base:\n\n  no|\n  base: 1', ['conversations']],
  ])('of %j has the keys around it', (text, path) => {
    expect(at(text)).toMatchObject({ path, expects: 'key' })
  })

  it('knows a value by its key, and the keys that stand beside a key', () => {
    expect(at('run:\n  measure: to|')).toMatchObject({ path: ['run', 'measure'], expects: 'value', word: 'to' })
    expect(at('run: { method: s|')).toMatchObject({ path: ['run', 'method'], expects: 'value', word: 's' })
    expect(at('resolution:\n  rate: 60%\n  |\n  ceiling: 85%').beside).toEqual(['rate', 'ceiling'])
    expect(at('resolution: { rate: 60%, |').beside).toEqual(['rate'])
  })
})

describe('what a plan may hold', () => {
  it('is listed with its help, through references and alternatives', () => {
    expect(labels(schemaKeys(schema, []))).toEqual(
      expect.arrayContaining(['conversations', 'resolution', 'human', 'offers', 'run']),
    )
    expect(schemaKeys(schema, ['resolution']).find(({ label }) => label === 'ceiling')?.help).toMatch(/rate/)
    expect(labels(schemaKeys(schema, ['offers', 'any', 'charges', 0]))).toEqual(
      expect.arrayContaining(['meter', 'price', 'commitment', 'overage', 'seats', 'fee']),
    )
    expect(schemaKeys(schema, ['no', 'such', 'place'])).toEqual([])
  })

  it('has the words of a value that only some words may be', () => {
    expect(labels(schemaWords(schema, ['run', 'measure']))).toEqual(['bill', 'total'])
    expect(labels(schemaWords(schema, ['conversations', 'days']))).toEqual(['true', 'false'])
    expect(schemaWords(schema, ['name'])).toEqual([])
  })
})
