// Notebooks hold their outputs, so that they can be read without being run. `npm run test:notebooks` runs them and compares.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Output {
  readonly output_type: string
  readonly data?: Readonly<Record<string, string | readonly string[]>>
  readonly text?: readonly string[]
}
interface Cell {
  readonly cell_type: string
  readonly source: readonly string[]
  readonly execution_count?: number | null
  readonly outputs?: readonly Output[]
}

const files = ['notebooks', 'tslab', 'ijavascript', 'python']
  .map((name) => `examples/${name}`)
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ipynb'))
      .map((name) => `${folder}/${name}`),
  )

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const { cells } = JSON.parse(text) as { readonly cells: readonly Cell[] }
  const code = cells.filter(({ cell_type }) => cell_type === 'code')

  it('has run from its first cell to its last, without an error', () => {
    expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map((_, k) => k + 1))
    const outputs = code.flatMap(({ outputs = [] }) => outputs)
    // Each cell shows or prints something, but one that runs a command.
    const silent = code.filter(
      ({ source, outputs = [] }) => outputs.length === 0 && !source.some((line) => line.includes('subprocess.run')),
    )
    expect(silent).toEqual([])
    expect(outputs.filter(({ output_type }) => !['stream', 'display_data'].includes(output_type))).toEqual([])
  })

  it('shows each chart as a picture, which every viewer shows', () => {
    const charts = code.filter(({ source }) => /^(charts\.|(display\.svg\(await )?result\.chart)/.test(source.at(-1) ?? ''))
    for (const { outputs } of charts) {
      const picture = outputs?.at(-1)?.data?.['image/png']
      expect(Buffer.from(String(picture), 'base64').subarray(1, 4).toString()).toBe('PNG')
    }
  })

  it('is small, and names no folder of the machine that it ran on', () => {
    expect(text.length).toBeLessThan(128_000)
    expect(text).not.toMatch(/(^|[\s"'(=])\/(home|root|tmp|Users|work)\//)
  })
})
