// Finds the steps of a history that calibrate reports, one after the other.
import type { Shift } from '../fit/figures.ts'
import { likeliestStep } from './changes.ts'
import { fitVolumes, type VolumeEnsemble } from './volumes.ts'

/** A step is reported if it is this likely, and changes the level by this share. */
const LIKELY = 0.45
const SMALLEST = 0.12
const MOST = 3

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
    if (step === undefined || step.chance < LIKELY || Math.abs(step.ratio - 1) < SMALLEST) break
    found.push({ month: first + step.place, ratio: step.ratio })
    level = level.map((volume, k) => (k < step.place ? volume * step.ratio : volume))
  }
  return found.sort((a, b) => a.month - b.month)
}
