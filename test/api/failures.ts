// Makes wrong calls and returns their errors.
import { ParameterError, ScenarioError, UsageError } from 'billcast'

export const plan = {
  months: 2,
  run: { trials: 1_024 },
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] }, flat: { charges: [{ fee: '$33k/month' }] } },
}
/** The error of a call, or undefined. */
export const failureOf = (call: () => unknown): Promise<unknown> =>
  Promise.resolve()
    .then(call)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
export const isOurs = (failure: unknown): boolean =>
  failure === undefined || [UsageError, ScenarioError, ParameterError].some((kind) => failure instanceof kind)
