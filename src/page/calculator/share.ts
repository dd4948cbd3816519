// A plan in the fragment of a link: deflated, in the letters of base64 that addresses allow. A fragment never leaves the browser.
const LONGEST = 200_000

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}

export async function linkOf(plan: string, address: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(plan), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  const code = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return `${address.split('#')[0]}#plan=${code}`
}

/** The plan of a fragment. Nothing for a fragment without one, or one that cannot be read. */
export async function planOfLink(fragment: string): Promise<string | undefined> {
  const code = /^#plan=([\w-]+)$/.exec(fragment)?.[1]
  if (code === undefined || code.length > LONGEST) return undefined
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = await through(
      Uint8Array.from(binary, (letter) => letter.charCodeAt(0)),
      new DecompressionStream('deflate-raw'),
    )
    return new TextDecoder().decode(bytes)
  } catch {
    return undefined
  }
}
