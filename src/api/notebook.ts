// A bar in a notebook's cell that is updated in place.

interface Jupyter {
  display(
    bundle: Readonly<Record<string, string>>,
    options: { readonly raw: true; readonly update?: boolean; readonly display_id: string },
  ): Promise<void>
}

const WIDTH = 30
let bars = 0

/** What Deno's kernel gives to display by; absent elsewhere. */
export function kernel(): Jupyter | undefined {
  const { Deno } = globalThis as { readonly Deno?: { readonly jupyter?: Jupyter } }
  try {
    // Outside of a notebook the property throws.
    return Deno?.jupyter
  } catch {
    return undefined
  }
}

/** For `onProgress`: shows a bar in Deno's Jupyter kernel, and nothing where there is none. */
export function notebookProgress(): (done: number, total: number) => void {
  const jupyter = kernel()
  if (!jupyter) return () => undefined
  bars += 1
  const id = `billcast-${bars}`
  let shown = false
  return (done, total) => {
    const filled = Math.round((WIDTH * done) / total)
    const text = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / total)} %`
    // A bar that cannot be shown is no reason to stop a run.
    jupyter.display({ 'text/plain': text }, { raw: true, update: shown, display_id: id }).catch(() => undefined)
    shown = true
  }
}
