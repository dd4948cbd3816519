// The units that an operation bills at a quantity of its period.
import type { Operation } from './compiled.ts'
import { exceeds, roundedUp } from './thresholds.ts'

export function unitsAt(operation: Operation, quantity: number): number {
  const { above, times } = operation
  if (operation.kind === 'hinge') return times * Math.max(0, quantity - above)
  if (operation.kind === 'step') return exceeds(quantity, above) ? times : 0
  return times * roundedUp(Math.max(0, quantity - above) / operation.size)
}
