// In place of src/platform/node/threads/pool.ts where tests run from sources: Node starts no thread from TypeScript. The figures are the
// same bits without threads, which the projects `package` and `slow` test on the built package.
import { type CreateExecutor, inlineExecutor } from '../../src/run/executor.ts'

export const threadExecutor = (): CreateExecutor => inlineExecutor

export function openPool(): never {
  throw new Error('threads need the built package: expected this test in test/package or test/slow')
}

export class ThreadLost extends Error {}
