// The file of truths is what its generator makes. `UPDATE_TRUTHS=1` makes the truths that are missing or whose plan has changed:
//   UPDATE_TRUTHS=1 npx vitest run --project long test/long/honest/truths
// It writes each case as soon as it is known, so that an interrupted run continues. BILLCAST_HONEST=0-19 limits it to some cases.
import { describe, expect, it } from 'vitest'
import { casesAsked } from './asked.ts'
import { caseOf, COUNT } from './cases.ts'
import { quadratureTruths } from './quadrature.ts'
import { replicateTruths } from './replicates.ts'
import { truthsOf } from './sources.ts'
import { fingerprint, isKept, readTruths, storedCase, truthsIn, writeTruths } from './truths.ts'

/** Cases of each kind whose truths are made again. */
const AGAIN = [2, 5, 13]
/** Cases of quadrature that replicates repeat. */
const ALIKE = [0, 5, 7]
/** Events that most replicates meet many times. */
const RARE = 0.002

describe('the file of truths', () => {
  it.runIf(process.env.UPDATE_TRUTHS)('is made', () => {
    for (const number of casesAsked(COUNT)) {
      const { plan } = caseOf(number)
      if (readTruths()[number]?.plan === fingerprint(plan)) continue
      const truths = truthsOf(plan)
      writeTruths({ ...readTruths(), [number]: storedCase(plan, truths) })
      console.log(`truths of case ${number}: ${truths.size} figures`)
    }
  })

  it('is of the plans as they are', () => {
    const stale = Object.entries(readTruths()).filter(([number, { plan }]) => plan !== fingerprint(caseOf(Number(number)).plan))
    expect(stale.map(([number]) => number)).toEqual([])
  })

  it('would be the same by replicates, within their errors', () => {
    for (const number of ALIKE) {
      const { plan } = caseOf(number)
      const replicates = replicateTruths(plan)
      const far: number[] = []
      for (const [path, { value, error, events }] of quadratureTruths(plan)) {
        const other = replicates.get(path)
        // Rare events may be in no replicate.
        if (
          !other ||
          !isKept(path, plan) ||
          other.error === 0 ||
          (events === 0 && /percentiles|needed/.test(path)) ||
          events < RARE
        )
          continue
        const gap = Math.max(0, Math.abs(other.value - value) - 1e-9 * Math.abs(value)) / Math.hypot(other.error, error)
        expect(gap, `case ${number}, ${path}`).toBeLessThan(6)
        far.push(gap)
      }
      expect(far.length).toBeGreaterThan(50)
      expect(Math.sqrt(far.reduce((sum, gap) => sum + gap * gap, 0) / far.length)).toBeLessThan(1.5)
    }
  })

  it('has the figures that its generator makes', () => {
    const stored = readTruths()
    for (const number of AGAIN) {
      const { plan } = caseOf(number)
      const known = stored[number]
      if (!known) continue
      const again = truthsIn(storedCase(plan, truthsOf(plan)))
      const before = truthsIn(known)
      expect([...again.keys()].sort()).toEqual([...before.keys()].sort())
      for (const [path, { value, error }] of again) {
        const other = before.get(path)
        expect(Math.abs(value - (other?.value ?? NaN)), `case ${number}, ${path}`).toBeLessThanOrEqual(
          6 * error + 1e-9 * Math.abs(value),
        )
      }
    }
  })
})
