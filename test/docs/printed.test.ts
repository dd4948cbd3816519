import { describe, expect, it } from 'vitest'
import { isPrinted, missingLines } from './printed.ts'

describe('a block of printed output', () => {
  const output =
    'plan: budgets\n\n      mean       P80  cheapest\nfin   $41,200 ± $3  $45,000 ± $12     63.1%\nflat  $43,000 ± $2  $44,000 ± $9      36.9%\n'

  it('may leave out lines, columns and errors', () => {
    expect(missingLines('      mean  P80\nfin  $41,200  $45,000\n…\nflat  36.9%\n', output)).toEqual([])
  })
  it('differs if a figure does, also by one digit at its end or its beginning', () => {
    for (const line of ['fin  $41,201', 'fin  $41,20', 'fin  1,200', 'fin  63.1', 'flat  $44,000  $43,000'])
      expect(missingLines(`${line}\n`, output)).toEqual([line])
  })
  it('differs if its lines have another order', () => {
    expect(missingLines('flat  36.9%\nfin  63.1%\n', output)).toEqual(['fin  63.1%'])
  })
  it('is no program', () => {
    expect([isPrinted('select 1'), isPrinted('fin  $3')]).toEqual([false, true])
  })
})
