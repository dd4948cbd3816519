import { aborted } from './aborts.ts'

aborted(96)
