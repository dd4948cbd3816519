import { aborted } from '../slow/aborts.ts'

aborted(1_200)
