// A run that ends in the middle, as if its process were killed.
import { type CreateExecutor, inlineExecutor } from '../../src/run/executor.ts'

/** Runs one task after the other with a pause before each; after a number of block tasks, it acts as if the process were killed. */
export const killedAfter =
  (tasks: number, done = { blocks: 0 }): CreateExecutor =>
  async (job) => {
    const inner = await inlineExecutor(job)
    let left = tasks
    let last: Promise<unknown> = Promise.resolve()
    return {
      ...inner,
      run(task) {
        const next = last.then(async () => {
          if (left === 0) throw new Error('killed')
          if (task.kind !== 'blocks') return inner.run(task)
          await new Promise((resolve) => setTimeout(resolve, 3))
          left -= 1
          done.blocks += task.ranges.reduce((sum, { from, to }) => sum + to - from, 0)
          return inner.run(task)
        })
        last = next.catch(() => undefined)
        return next
      },
    }
  }
