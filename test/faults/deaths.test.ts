import { faults, killed } from './deaths.ts'

faults()
killed(2)
