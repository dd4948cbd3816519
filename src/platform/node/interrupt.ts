// Interrupting a notebook's cell. Jupyter sends its kernel SIGINT, which ends Deno's unless somebody listens: while a run goes on, it
// stops the run instead, and the kernel stays.
import { kernel } from '../../api/notebook.ts'

/** Does the work with a signal that an interrupted cell sets off too; outside of a notebook's kernel with the one given. */
export async function interruptibleCell<T>(
  given: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (!kernel()) return work(given)
  const controller = new AbortController()
  const interrupt = () => controller.abort(new DOMException('the cell was interrupted', 'AbortError'))
  process.on('SIGINT', interrupt)
  try {
    return await work(given ? AbortSignal.any([given, controller.signal]) : controller.signal)
  } finally {
    process.off('SIGINT', interrupt)
  }
}
