import { damaged } from '../slow/flips.ts'

damaged(60, 20)
