// The spread of a volume that was fitted to a file stays, or becomes wider.
import { expect, it } from 'vitest'
import { fittedFile } from '../../src/page/calculator/files/fitted.ts'
import { withFittedDrivers } from '../../src/page/calculator/fitted-plan.ts'
import { changedPlan, FIRST_PLAN, formOf } from '../../src/page/calculator/plan.ts'
import { widened, widthOf } from '../../src/page/calculator/spread.ts'

/** Three years that grow, with a season and some noise. */
const CSV = `month,tickets
${Array.from({ length: 36 }, (_, k) => `${2024 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')},${40_000 + 300 * k + 2_000 * ((k * 7) % 5) - 1_500 * (k % 3)}`).join('\n')}
`

it('a fitted volume has chips that widen level, growth and noise, and give the fit back to the last digit but rounding', async () => {
  const { result } = await fittedFile({ kind: 'fit', name: 'tickets.csv', text: CSV, columns: {}, narrow: false, start: '2027-01' })
  if (typeof result === 'string') throw new Error(result)
  const plan = withFittedDrivers(FIRST_PLAN, result.scenario)
  const form = formOf(plan)
  const { fit, noise = Number.NaN } = form
  expect(form.width).toBe(1)
  expect(form.volume).toBeUndefined()
  if (!fit) throw new Error('no fit')
  const wider = changedPlan(plan, widened(fit, 1, 2))
  const after = formOf(wider)
  expect(after.width).toBe(2)
  expect(after.noise).toBeCloseTo(2 * noise, 6)
  expect(after.fitted).toBe(form.fitted)
  const [sd, twice] = [fit, after.fit].map((own) => Number(/, ([\d.]+)\)$/.exec(String(own?.base))?.[1]))
  expect(twice / sd).toBeCloseTo(2, 6)
  const [growth, more] = [fit, after.fit].map((own) => Number(/^\w+\([^,]+, ([\d.]+)%/.exec(String(own?.growth))?.[1]))
  expect(more / growth).toBeCloseTo(2, 6)
  if (!after.fit) throw new Error('no fit')
  const back = formOf(changedPlan(wider, widened(after.fit, 2, 1)))
  expect(back.width).toBe(1)
  expect(back.noise).toBeCloseTo(noise, 6)
  const half = formOf(changedPlan(plan, widened(fit, 1, 1.5)))
  expect(half.width).toBe(1.5)
})

it('a volume without the comment of its fit counts as fitted, and one that states no growth or noise keeps none', () => {
  expect(
    widthOf('conversations: { base: "lognormal(50000, 4000)" }', {
      base: 'lognormal(50000, 4000)',
      growth: undefined,
      cv: undefined,
    }),
  ).toBe(1)
  expect(widened({ base: 'lognormal(50000, 4000)', growth: undefined, cv: undefined }, 1, 2)).toEqual([
    [['conversations', 'base'], 'lognormal(50000, 8000)'],
  ])
  // A volume by segment has no chips.
  expect(formOf('segments: { chat: { conversations: { base: 8k } } }').whole).toBe(false)
})
