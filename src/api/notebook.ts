// A progress bar in the cell of a notebook.
interface Jupyter {
  display(
    bundle: Readonly<Record<string, string>>,
    options: { readonly raw: true; readonly update?: boolean; readonly display_id: string },
  ): Promise<void>
}

const WIDTH = 30
let bars = 0

/** The display of Deno's Jupyter kernel, if this program runs in one. */
export function kernel(): Jupyter | undefined {
  const { Deno } = globalThis as { readonly Deno?: { readonly jupyter?: Jupyter } }
  try {
    // The property throws outside of a notebook.
    return Deno?.jupyter
  } catch {
    return undefined
  }
}

/** Returns an `onProgress` that shows a bar in Deno's Jupyter kernel, and nothing elsewhere. */
export function notebookProgress(): (done: number, total: number) => void {
  const jupyter = kernel()
  if (!jupyter) return () => undefined
  bars += 1
  const id = `billcast-${bars}`
  let shown = false
  return (done, total) => {
    const filled = Math.round((WIDTH * done) / total)
    const text = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / total)}%`
    // A run goes on without its bar.
    jupyter.display({ 'text/plain': text }, { raw: true, update: shown, display_id: id }).catch(() => undefined)
    shown = true
  }
}
