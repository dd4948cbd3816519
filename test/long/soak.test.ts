// Bursts of 64 random plans for 20 minutes, or as many as BILLCAST_SOAK says.
import { aborted } from '../slow/aborts.ts'

aborted(64, 64, Number(process.env.BILLCAST_SOAK ?? 20))
