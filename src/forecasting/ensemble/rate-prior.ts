// The assumptions of the rates' ensemble before it reads a history. All sizes are log-odds.
import { log } from '../../numerics/kernel/math.ts'
import type { Grid, Process } from './cells.ts'
import { PLAIN, type Prior, STATED, stepsAndRamps } from './prior.ts'

/** Shares of the history's own spread that one month's noise may be. All are equally likely. */
const SPREADS = [0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1.1]

/** A slope keeps this share of itself from one month to the next: a rate that rises after a launch levels off. */
const DAMPING = 0.85

/** A process, and how likely it is next to the others before the history is seen: a rate that stays about a level is as likely as one that walks. */
interface Shape {
  readonly shape: Omit<Process, 'variance'>
  readonly weight: number
}

const level = { phi: 0, walk: 0, drift: 0, damping: 1 }
const SHAPES: readonly Shape[] = [
  { shape: level, weight: 4 },
  ...[0.5, 0.8].map((phi) => ({ shape: { ...level, phi }, weight: 2 })),
  ...[0.03, 0.1, 0.3, 1, 4, 16].map((walk) => ({ shape: { ...level, walk }, weight: 1 })),
  ...[0.03, 0.3, 3].map((drift) => ({ shape: { ...level, drift, damping: DAMPING }, weight: 0.5 })),
]

/** Chances among the processes that may have them. */
const STEPS = { chance: 0.3, sizes: [0.7], margin: 3 }
const RAMPS = { chance: 0.1, sizes: [1], margin: 6 }

/** @param spread the standard deviation of a month's log-odds about its neighbors */
const cellsOf = (spread: number): Grid => ({
  processes: SHAPES.flatMap(({ shape }) => SPREADS.map((share) => ({ ...shape, variance: share * share * spread * spread }))),
  slopes: [0, 0.012, 0.035],
  seasons: [0, 0.04, 0.15],
})

/** @param spread the standard deviation of a month's log-odds about its neighbors */
export const ratePrior = (spread: number): Prior => ({
  ...PLAIN,
  cells: cellsOf(spread),
  logPrior: (process) => log(SHAPES[Math.floor(process / SPREADS.length)].weight),
  scale: STATED,
  fading: () => 0.93,
  // A level that walks makes steps of its own.
  extended: ({ phi, walk, drift }) => phi <= 0.5 && walk < 0.05 && drift === 0,
  extras: stepsAndRamps(STEPS, RAMPS),
})
