// The tools that an assistant calls: their arguments, and answers against closed forms and the library.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { calibrate, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { ANSWER_SCHEMA, answerText, boundedAnswer, withVisibleTexts } from '../../../src/api/tools/answer.ts'
import { fieldsAt } from '../../../src/api/tools/guide.ts'
import { TOOLS } from '../../../src/api/tools/list.ts'
import type { ToolAnswer, ToolSurroundings } from '../../../src/api/tools/tool.ts'
import { UsageError } from '../../../src/errors.ts'
import { checkOptions } from '../../../src/options/check.ts'
import { optionsSchema } from '../../../src/options/json-schema.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'

const PLAN = `name: Three quotes
months: 3
conversations: { base: 45k to 60k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
`
/** 50,000 conversations a month and 65% of them resolved. */
const CERTAIN = PLAN.replace('45k to 60k, noise: { cv: 8% }', '50k').replace('60% to 70%', '65%')
const FILES: Readonly<Record<string, string>> = { 'plan.yaml': PLAN }

const around: ToolSurroundings = {
  executor: () => inlineExecutor,
  watching: {},
  text: (file) => (Object.hasOwn(FILES, file) ? Promise.resolve(FILES[file]) : Promise.reject(new UsageError('no such file'))),
  reader: () => ({ read: () => Promise.reject(new UsageError('no such file')) }),
}

const ask = async (tool: string, given: object): Promise<ToolAnswer> => {
  checkOptions(given, TOOLS[tool].options)
  return TOOLS[tool].answer(given, around)
}
const figure = ({ figures }: ToolAnswer, name: string) => figures.find((one) => one.name === name)

describe('the arguments of a tool', () => {
  const ajv = new Ajv2020({ allowUnionTypes: true })
  it.each(Object.keys(TOOLS))('%s has a JSON Schema of its options, each with a description', (name) => {
    const { options } = TOOLS[name]
    const schema = optionsSchema(options) as { readonly properties: Readonly<Record<string, { readonly description: string }>> }
    expect(Object.keys(schema.properties)).toEqual(Object.keys(options))
    for (const { description } of Object.values(schema.properties)) expect(description.length).toBeGreaterThan(10)
    const valid = ajv.compile(schema)
    expect(valid({ ...Object.fromEntries(Object.keys(options).map((key) => [key, undefined])), stray: 1 })).toBe(false)
  })

  it('the schema and the check agree on numbers of trials, shares and pairs of offers', () => {
    const valid = ajv.compile(optionsSchema(TOOLS.set_budget.options))
    for (const [given, right] of [
      [{ plan: 'a', trials: 1_024 }, true],
      [{ plan: 'a', trials: 1_023 }, false],
      [{ plan: 'a', trials: 2 ** 20 + 1 }, false],
      [{ plan: 'a', confidence: 0.8 }, true],
      [{ plan: 'a', confidence: 80 }, false],
      [{ plan: 1 }, false],
      [{ method: 'sobol' }, true],
      [{ method: 'dice' }, false],
    ] as const) {
      expect(valid(given)).toBe(right)
      if (right) checkOptions(given, TOOLS.set_budget.options)
      else expect(() => checkOptions(given, TOOLS.set_budget.options)).toThrow(UsageError)
    }
    const pair = ajv.compile(optionsSchema(TOOLS.find_break_even.options))
    expect(pair({ path: 'a', offers: ['a', 'b'] })).toBe(true)
    expect(pair({ path: 'a', offers: ['a'] })).toBe(false)
    expect(pair({ offers: ['a', 'b'] })).toBe(false)
  })

  it('a plan is given either as text or as a file', async () => {
    await expect(ask('check_plan', {})).rejects.toThrow('plan: expected either plan or file, got neither')
    await expect(ask('check_plan', { plan: PLAN, file: 'plan.yaml' })).rejects.toThrow('got both')
    await expect(ask('fit_history', {})).rejects.toThrow('history: expected either history or file, got neither')
    await expect(ask('check_plan', { plan: `# ${'x'.repeat(2 ** 20)}` })).rejects.toThrow('expected at most 1 MiB of text')
  })
})

describe('an answer', () => {
  it('run_plan states the figures and the verdict of the same run in a program', async () => {
    const found = await ask('run_plan', { file: 'plan.yaml', trials: 1_024, seed: 'a' })
    const result = await simulate(PLAN, { trials: 1_024, seed: 'a' })
    const { fin } = result.summary.offers
    expect(figure(found, 'fin: mean')).toMatchObject({ ...fin.bill.mean, unit: 'USD' })
    expect(figure(found, 'fin: P80')).toMatchObject({ value: result.budget('fin', 0.8).value, se: result.budget('fin', 0.8).se })
    expect(figure(found, 'flat: odds of being cheapest')).toMatchObject({
      value: result.summary.comparison.cheapest.flat.value,
      unit: 'share',
    })
    expect(found.words.startsWith(result.verdict().words)).toBe(true)
    expect(found.assumptions.some((line) => line.startsWith('resolution.rate: '))).toBe(true)
    expect(found.notes.at(-1)).toBe('The figures come from 1,024 trials (sobol, seed a), and ± is their standard error.')
  })

  it('compare_offers states rankings, dominance and the difference of two offers', async () => {
    const found = await ask('compare_offers', { plan: CERTAIN, trials: 1_024, difference: ['fin', 'flat'] })
    // 3 months of 50,000 conversations: 0.99 · 0.65 = 0.6435 against 0.80 for each.
    expect(figure(found, 'fin minus flat: mean')?.value).toBeCloseTo(150_000 * (0.6435 - 0.8), 6)
    expect(figure(found, 'flat: regret')?.value).toBeCloseTo(150_000 * (0.8 - 0.6435), 6)
    expect(found.words).toContain('fin costs more than flat in 0.0% (± 0.00%) of trials.')
  })

  it('a run that takes too much memory is refused with the arguments of the tool, not with flags of the command', async () => {
    const many = Array.from({ length: 100 }, (_, k) => `  o${k}: { charges: [{ meter: resolutions, price: $${k} }] }\n`)
    const plan = `run: { keepTrials: true }\n${PLAN}${many.join('')}`
    await expect(ask('set_budget', { plan, trials: 2 ** 20 })).rejects.toThrow(
      /^the run needs about [\d,]+ MiB of memory, more than the limit of 1,024 MiB \(of this server\)\. Ask with fewer `trials`/,
    )
  })

  it('set_budget gives the budget of a certain plan without error, and divides it by month', async () => {
    const found = await ask('set_budget', { plan: CERTAIN, trials: 1_024, offer: 'flat', amount: '$100k' })
    expect(figure(found, 'budget')).toEqual({ name: 'budget', value: 120_000, se: 0, unit: 'USD', text: '$120,000' })
    expect(figure(found, 'budget of 2027-02')?.value).toBeCloseTo(40_000, 6)
    expect(figure(found, 'odds of exceeding the amount')?.value).toBe(1)
  })

  it('find_break_even and find_fair_price solve for the rate and the price', async () => {
    const even = await ask('find_break_even', {
      plan: CERTAIN,
      trials: 1_024,
      path: 'resolution.rate',
      offers: ['fin', 'flat'],
      bounds: ['70%', '90%'],
    })
    expect(even.figures[0].value).toBeCloseTo(0.8 / 0.99, 10)
    expect(even.figures[0]).toMatchObject({ name: 'resolution.rate', se: 0, unit: 'share' })
    expect(even.words).toContain('fin and flat cost the same in every trial when resolution.rate is 80.8081%.')
    const fair = await ask('find_fair_price', {
      plan: CERTAIN,
      trials: 1_024,
      path: 'offers.fin.price',
      against: 'flat',
      bounds: ['$0.5', '$2'],
    })
    expect(fair.figures[0].value).toBeCloseTo(0.8 / 0.65, 10)
    expect(fair.words).toContain('You could pay up to $0.240769 more than in the plan.')
  })

  it('bill_offer writes the invoice of one month', async () => {
    const found = await ask('bill_offer', { plan: CERTAIN, offer: 'fin', month: '2027-02' })
    expect(figure(found, 'total')).toMatchObject({ value: 32_175, se: 0, text: '$32,175.00' })
    expect(found.words).toContain('32,500 at $0.99')
  })

  it('fit_history finds a constant volume, and its plan checks', async () => {
    const rows = Array.from({ length: 24 }, (_, m) => `${2025 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')},41000`)
    const history = `month,conversations\n${rows.join('\n')}\n`
    const found = await ask('fit_history', { history, days: false })
    const { base, baseSe } = await calibrate(history, { days: false })
    const level = figure(found, 'conversations a month in 2027-01, before season')
    expect(level).toMatchObject({ value: base, se: baseSe })
    expect(Math.abs(base - 41_000)).toBeLessThan(Math.min(baseSe, 1))
    const { plan } = found.details as { readonly plan: string }
    expect(plan).not.toContain('file:')
    expect((await ask('check_plan', { plan })).words).toContain('is valid: 12 months from 2027-01.')
  })

  it('list_offers, explain_offer and plan_guide need no plan', async () => {
    expect((await ask('list_offers', { words: 'intercom' })).words).toMatch(/^Intercom\n {2}fin +Fin\n/)
    expect((await ask('explain_offer', { name: 'fin' })).details).toMatchObject({ name: 'fin', vendor: 'Intercom' })
    await expect(ask('explain_offer', { name: 'finn' })).rejects.toThrow('the catalog has no offer "finn". Did you mean fin?')
    await expect(ask('list_offers', { words: 'nobody at all' })).rejects.toThrow('the catalog has no offer "nobody at all".')
    const template = (await ask('plan_guide', {})).words.split('\nFields of a plan')[0]
    expect((await ask('check_plan', { plan: template })).words).toContain('is valid')
  })

  it('plan_guide finds the fields below offers and items of a list, and names those near a wrong one', () => {
    expect(fieldsAt('offers.anything.charges[2]').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['meter', 'price', 'commitment']),
    )
    expect(fieldsAt('').find(({ name }) => name === 'months')?.help).toBe('number of months')
    expect(() => fieldsAt('conversatons')).toThrow('(did you mean conversations?)')
    expect(() => fieldsAt('months.more')).toThrow('path: expected one of nothing further in "months.more", got "more"')
  })
})

describe('an answer that leaves', () => {
  const answer: ToolAnswer = { words: 'a', figures: [], assumptions: [], notes: [], details: { a: 1 } }
  it('fits one schema, whatever the tool', async () => {
    const valid = new Ajv2020({ allowUnionTypes: true }).compile(ANSWER_SCHEMA)
    for (const [tool, given] of [
      ['run_plan', { plan: PLAN, trials: 1_024 }],
      ['list_offers', {}],
      ['check_plan', { plan: PLAN }],
    ] as const)
      expect(valid(JSON.parse(JSON.stringify(boundedAnswer(await ask(tool, given)))))).toBe(true)
  })
  it('is cut to what an assistant can read, and says so', () => {
    const long = boundedAnswer({
      ...answer,
      words: 'x'.repeat(200_000),
      notes: Array.from({ length: 600 }, (_, k) => `note ${k}`),
      details: { text: 'x'.repeat(300_000) },
    })
    expect(long.words.length).toBe(100_002)
    expect(long.notes.slice(-2)).toEqual([
      'Only the first 500 of 600 notes are shown.',
      'The details are too long to show. Use the command on the same plan for all of them.',
    ])
    expect(long.details).toBeUndefined()
    expect(boundedAnswer(answer)).toEqual(answer)
  })
  it('shows characters that would hide or turn text', () => {
    expect(withVisibleTexts({ 'a\u202eb': ['c\u0007\nd', 1, null] })).toEqual({ 'a\\u202eb': ['c\\x07\nd', 1, null] })
    expect(answerText({ ...answer, figures: [{ name: 'a', value: 1, se: null, unit: 'USD', text: '$1' }], notes: ['b'] })).toBe(
      'a\n\nFigures\n  a  $1\n\nNotes\n  b',
    )
  })
})
