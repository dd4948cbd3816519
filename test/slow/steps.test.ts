// Steps of the level in simulated histories: which are reported, and how often one is reported where there is none.
import { describe, expect, it } from 'vitest'
import { uniforms } from '../../bench/forecast/uniforms.mjs'
import { reportedSteps } from '../../src/forecasting/ensemble/report.ts'
import { fitVolumes } from '../../src/forecasting/ensemble/volumes.ts'
import { long } from '../effort.ts'
import { normals, SEASON } from '../forecasting/simulated.ts'

const JANUARY = 2021 * 12
const LENGTHS = [24, 36, 48, 60]
/** Members about this many months apart mean the same step. */
const NEAR = 2

interface Kind {
  /** Shares a year, and standard deviations of the level's change in a month by those of the noise. */
  readonly growth: readonly number[]
  readonly walk: readonly number[]
}

/** A month's noise has a standard deviation of 4% to 10%, and may repeat itself. Seasons are absent, usual or twice the usual ones. */
function historyOf(seed: number, months: number, { growth, walk }: Kind, stepAt?: (next: () => number) => number) {
  const next = uniforms(seed)
  const normal = normals(seed + 1)
  const one = (values: readonly number[]) => values[Math.floor(next() * values.length)]
  const [sd, phi, season] = [one([0.04, 0.07, 0.1]), one([0, 0, 0.4]), one([0, 1, 2])]
  const [slope, change] = [one(growth), one(walk) * sd]
  const place = stepAt ? stepAt(next) : months
  // Four standard deviations of the noise, and at least half of the level: up in three of four histories.
  const size = Math.max(Math.log(1.5), 4 * sd) * (next() < 0.75 ? 1 : -1)
  let [state, level] = [sd * normal(), 0]
  const volumes = Array.from({ length: months }, (_, k) => {
    if (k > 0) {
      state = phi * state + sd * Math.sqrt(1 - phi * phi) * normal()
      level += change * normal()
    }
    return 5000 * (1 + slope) ** (k / 12) * SEASON[k % 12] ** season * Math.exp(state + level + (k >= place ? size : 0))
  })
  return { volumes, place }
}

const stepsOf = (volumes: readonly number[]): readonly number[] =>
  reportedSteps(JANUARY, volumes, fitVolumes(JANUARY, volumes, 12)).map(({ month }) => month - JANUARY)

/** The share of `histories` for which `holds`, which may be lower than `least` by chance alone: 3 standard errors. */
const expectShare = (holds: number, histories: number, least: number) =>
  expect(holds / histories).toBeGreaterThan(least - 3 * Math.sqrt((least * (1 - least)) / histories))

describe.each(long ? LENGTHS : [24, 36])('in %i months', (months) => {
  const histories = long ? 200 : 30
  const calm: Kind = { growth: [0, 0.1], walk: [0] }
  const places: [string, (next: () => number) => number][] = [
    ['anywhere but in the last two months', (next) => 3 + Math.floor(next() * (months - 5))],
    ['at New Year', (next) => 12 * (1 + Math.floor(next() * (months / 12 - 1)))],
  ]

  it.each(places)('a step of ×1.5 or more %s, which is four standard deviations of the noise, is reported in 90%', (_, stepAt) => {
    const found = Array.from({ length: histories }, (__, k) => historyOf(7 + 101 * k + months, months, calm, stepAt)).filter(
      ({ volumes, place }) => stepsOf(volumes).some((own) => Math.abs(own - place) <= NEAR),
    )
    expectShare(found.length, histories, 0.9)
  })

  it('steady levels, walks and growth of 15% or 30% a year show a step in 5% at most', () => {
    const kinds: Kind[] = [
      { growth: [0], walk: [0] },
      { growth: [0], walk: [0.15, 0.3] },
      { growth: [0.15, 0.3], walk: [0] },
      { growth: [0.15, 0.3], walk: [0.15, 0.3] },
    ]
    const without = Array.from({ length: histories }, (_, k) => historyOf(13 + 103 * k + months, months, kinds[k % 4])).filter(
      ({ volumes }) => stepsOf(volumes).length === 0,
    )
    expectShare(without.length, histories, 0.95)
  })
})
