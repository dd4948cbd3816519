// The program of a helper, which the build turns into one text (scripts/threads.mjs).
import { serve } from './serve.ts'

serve()
