import { damaged } from './flips.ts'

damaged(3, 1)
