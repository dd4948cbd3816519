// Finds the steps of a history that calibrate reports, one after the other.
import type { Shift } from '../fit/figures.ts'
import { log } from '../../numerics/kernel/math.ts'
import { type LevelStep, likeliestStep } from './changes.ts'
import { fitVolumes, type VolumeEnsemble } from './volumes.ts'

/**
 * A step is reported if its chance times the square of its size, on the logarithm, reaches this much. That is the error it would cause if
 * ignored, so that a doubling is reported at a chance of 2%, and a step of 20% at one of 24%.
 */
const HARM = 0.008
const SMALLEST = 0.12
const MOST = 3

function harmOf({ chance, ratio }: LevelStep): number {
  const size = log(ratio)
  return chance * size * size
}

/**
 * @param first the month of `volumes[0]`
 * @param fitted the ensemble of these volumes
 */
export function reportedSteps(first: number, volumes: readonly number[], fitted: VolumeEnsemble): Shift[] {
  const found: Shift[] = []
  let level: readonly number[] = volumes
  while (found.length < MOST) {
    const ensemble = found.length === 0 ? fitted : fitVolumes(first, level, 1)
    const step = likeliestStep(ensemble, ensemble.steps)
    if (step === undefined || harmOf(step) < HARM || Math.abs(step.ratio - 1) < SMALLEST) break
    found.push({ month: first + step.place, ratio: step.ratio })
    level = level.map((volume, k) => (k < step.place ? volume * step.ratio : volume))
  }
  return found.sort((a, b) => a.month - b.month)
}
