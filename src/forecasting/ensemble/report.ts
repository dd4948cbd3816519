// Finds the steps of a history that calibrate reports, one after the other.
import type { Shift } from '../fit/figures.ts'
import { log, pow } from '../../numerics/kernel/math.ts'
import { type LevelStep, likeliestStep } from './changes.ts'
import { fitVolumes, type VolumeEnsemble } from './volumes.ts'

/**
 * A step is reported if its chance times the fifth power of its size, on the logarithm, reaches this much, and at a chance of 2% at least.
 * One of ×1.5 needs a chance of 3.5%, one of 40% needs 9%, and one of 25%, which a year of growth looks like, needs 70%.
 */
const LEAST_WEIGHT = 3.84e-4
const LEAST_CHANCE = 0.02
const SMALLEST = 0.12
const MOST = 3

function reportable({ chance, ratio }: LevelStep): boolean {
  const size = Math.abs(log(ratio))
  return chance >= LEAST_CHANCE && chance * pow(size, 5) >= LEAST_WEIGHT && Math.abs(ratio - 1) >= SMALLEST
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
    if (step === undefined || !reportable(step)) break
    found.push({ month: first + step.place, ratio: step.ratio })
    level = level.map((volume, k) => (k < step.place ? volume * step.ratio : volume))
  }
  return found.sort((a, b) => a.month - b.month)
}
