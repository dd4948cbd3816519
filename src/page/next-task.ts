// Lets the browser draw and listen between two pieces of work.
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
