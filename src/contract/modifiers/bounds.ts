// minimum, maximum: a floor under a charge, trued up in the period's last month, and a cap on its running sum.
import { boundPer } from '../fields.ts'

export const minimum = boundPer(false, 'a floor such as $30k/year, or 50/month at the price of the charge')
export const maximum = boundPer(true, 'a cap in money such as $50k/month')
