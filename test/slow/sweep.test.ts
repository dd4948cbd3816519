// What a sweep costs, in CPU time.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sweepRows } from '../../src/questions/negotiate/sweep.ts'
import { cpuSeconds } from '../cpu.ts'
import { reader } from '../questions/reader.ts'
import { simulate } from '../simulate.ts'

describe('a sweep', () => {
  it('takes far less CPU than one run per variant', async () => {
    const reference = readFileSync('bench/reference.yaml', 'utf8')
    const before = cpuSeconds()
    await simulate(reference, { trials: 16_384 })
    const one = cpuSeconds() - before
    await sweepRows(reference, { 'resolution.rate': '0.6:0.649:0.001' }, reader, { trials: 16_384 })
    // A twentieth was measured.
    expect(cpuSeconds() - before - one).toBeLessThan(0.5 * 50 * one)
  })
})
