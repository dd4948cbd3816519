// Lets people interrupt a notebook's cell. Jupyter sends SIGINT, which would end Deno's kernel. During a run it stops the run instead.
import { kernel } from '../../api/notebook.ts'

/** Passes `work` a signal that an interrupted cell also aborts. Outside a notebook's kernel, it is the given signal. */
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
