// Functions of a user, such as `onProgress`. Timers and events of other threads call them too, where an exception would end the process.

type Callback = (...values: readonly unknown[]) => unknown

interface Stoppable {
  readonly signal?: AbortSignal | undefined
}

/**
 * Does work that calls a user's functions. If one of them throws, or its promise rejects, the work stops as on an abort and rejects with
 * that error. No function is called after that.
 * @param names the options that are functions
 */
export async function guarded<O extends Stoppable, T>(
  options: O,
  names: readonly string[],
  work: (options: O) => Promise<T>,
): Promise<T> {
  const given = Object.entries(options).filter(([name, value]) => names.includes(name) && typeof value === 'function')
  if (given.length === 0) return work(options)
  const stopped = new AbortController()
  const faults: { readonly error: unknown }[] = []
  const fail = (error: unknown) => {
    faults.push({ error })
    stopped.abort(error)
  }
  const safe =
    (call: Callback): Callback =>
    (...values) => {
      if (faults.length > 0) return undefined
      try {
        const returned = call(...values)
        if (isThenable(returned)) returned.then(undefined, fail)
        return returned
      } catch (error) {
        fail(error)
        return undefined
      }
    }
  const calls = Object.fromEntries(given.map(([name, call]) => [name, safe(call as Callback)]))
  const { signal } = options
  const stop = () => stopped.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const outcome = await attempted(() => work({ ...options, ...calls, signal: stopped.signal }))
  signal?.removeEventListener('abort', stop)
  // Work may wrap the error or take it for one of its own, so it comes from here.
  const failure = faults.at(0) ?? outcome
  if ('error' in failure) throw failure.error
  return failure.result
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown }

async function attempted<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { result: await work() }
  } catch (error) {
    return { error }
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
