// The distributions of a run's offers as histograms.
import { type Densities, densitiesOf } from '../summary/densities.ts'
import type { Trials } from './trials.ts'

export const trialDensities = (trials: Trials): Densities =>
  densitiesOf(new Map(trials.names.map((name, k) => [name, trials.cost(k).values])))
