// Two amounts tie if they differ by rounding only. The kernel counts ties with the same tolerance.
import { TIE } from '../kernel/assembly/tie.ts'

export { TIE }

/** Whether two costs differ by rounding alone. */
export const tied = (a: number, b: number): boolean => Math.abs(a - b) <= TIE * Math.max(Math.abs(a), Math.abs(b))

/** Whether a cost stays within an amount. A certain cost may miss the amount by its last bits. */
export const staysWithin = (cost: number, amount: number): boolean => cost <= amount + TIE * Math.abs(amount)
