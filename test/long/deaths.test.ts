import { killed, stopped } from '../faults/deaths.ts'

killed(100)
stopped(60)
