import { killed } from '../faults/deaths.ts'

killed(100)
