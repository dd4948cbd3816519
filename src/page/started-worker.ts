// Starts a worker from a program as text, since a page from a disk may load none.
export const startedWorker = (program: string): Worker =>
  new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })))

/** An engine starts its pool from its own program, which stands in the page once. */
export const startedEngine = (engine: string): Worker => startedWorker(`self.billcastSource=${JSON.stringify(engine)};${engine}`)
