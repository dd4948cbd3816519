// The width of the console that a program prints values to.

/** Characters in a line of the console, as Node and Deno state it. Output that is no terminal gets 80. */
export function consoleColumns(): number {
  const { process } = globalThis as { readonly process?: { readonly stdout?: { readonly columns?: number } } }
  const columns = process?.stdout?.columns ?? 0
  return columns > 0 ? columns : 80
}
