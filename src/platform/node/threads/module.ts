// The module of threads that do more than the tasks of runs.
import { packageFile } from '../package.ts'

export const workerModule = (): URL => packageFile('dist/platform/node/threads/worker.js')
