// A fit of 60 months takes at most 60 ms of CPU, of volumes and of rates. The least of several times counts, since the compiler and other
// programs disturb some; a busy machine still makes each longer, so that no test of every day holds this.
import { expect, it } from 'vitest'
import { fitRates } from '../../src/forecasting/ensemble/rates.ts'
import { fitVolumes } from '../../src/forecasting/ensemble/volumes.ts'
import { cpuSeconds } from '../cpu.ts'
import { normals, SEASON, volumesOf } from '../forecasting/simulated.ts'
import { resolved } from '../forecasting/simulated-rates.ts'

const FIRST = 2021 * 12
const volumes = volumesOf({ level: 1000, growth: 0.1, season: SEASON, sd: 0.06, phi: 0.5 }, 60, normals(1))
const [conversations, resolutions] = resolved({ months: 60, count: 10_000, trend: () => 0.6, sd: 0.02, phi: 0.6 }, normals(1))

it.each([
  ['volumes', () => fitVolumes(FIRST, volumes, 12)],
  ['rates', () => fitRates({ first: FIRST, conversations, resolutions }, 12)],
] as const)('60 months of %s are fitted in at most 60 ms of CPU', (_, fit) => {
  fit()
  const times = Array.from({ length: 8 }, () => {
    const before = cpuSeconds()
    fit()
    return cpuSeconds() - before
  })
  expect(Math.min(...times)).toBeLessThan(0.06)
})
