// A plan in the fragment of a link: deflated, in the letters of base64 that addresses allow. A fragment never leaves the browser.
import { inflated, through } from '../inflated.ts'

const LONGEST = 200_000

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
    return await inflated(code.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
