import { faults, killed, stopped } from './deaths.ts'

faults()
killed(2)
stopped(8)
