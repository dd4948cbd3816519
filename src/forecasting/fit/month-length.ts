import { DAYS_A_MONTH, daysIn } from '../../months.ts'

/** A month's days compared to the average month's. */
export const monthLength = (month: number): number => daysIn(month) / DAYS_A_MONTH
