import { killed, stopped } from '../slow/deaths.ts'

killed(100)
stopped(60)
