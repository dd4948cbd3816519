// `billcast open` in a process of its own, until it is stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { expect, it } from 'vitest'
import { BUILT } from '../end-to-end/command.ts'

/** The address that it prints first. */
async function printed({ stdout }: ChildProcess): Promise<URL> {
  let text = ''
  for await (const chunk of stdout ?? []) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return new URL(text.trim())
}

/** The status of an answer and its text. A name as host is that of a site which resolves it to this machine. */
const answered = (address: URL, path: string, host = address.host, name = '127.0.0.1') =>
  new Promise<readonly [status: number | undefined, text: string]>((resolve, reject) => {
    const asked = request({ host: name, port: address.port, path, headers: { host } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve([response.statusCode, Buffer.concat(parts).toString()]))
    })
    asked.on('error', reject)
    asked.end()
  })

it('serves the page with the plan to this machine and its token only, and stops on Ctrl-C', async () => {
  const child = spawn(process.execPath, [BUILT, 'open', 'examples/returns.yaml', '--no-browser'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  const address = await printed(child)
  expect(address.href).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/)
  const [status, text] = await answered(address, address.pathname)
  expect(status).toBe(200)
  expect(text).toMatch(/<script type="application\/json" id="plan">".*resolution:/)
  for (const [, file] of text.matchAll(/(?:src|href)="([\w.]+)"/g))
    expect((await answered(address, address.pathname + file))[0]).toBe(200)
  expect((await answered(address, '/'))[0]).toBe(403)
  expect((await answered(address, address.pathname, 'evil.example'))[0]).toBe(403)
  // No other address of this machine listens.
  const outside = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address: own }) => own),
  )
  for (const own of outside) await expect(answered(address, address.pathname, address.host, own)).rejects.toThrow('ECONNREFUSED')
  child.kill('SIGINT')
  expect(await ended).toEqual([0, null])
})
