// Biome on files that are not ours: they stand in a folder of their own, under our rules.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface Finding {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly message: string
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string
    readonly severity: string
    readonly message: string
    readonly location?: { readonly path?: string; readonly start?: { readonly line: number } }
  }[]
}

/** What the rules of this repository find in the files, given by path; warnings count, as they do in `npm run lint`. */
export function lint(files: Readonly<Record<string, string>>): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-lint-'))
  try {
    for (const name of ['biome.json', 'lint', 'package.json']) cpSync(name, join(folder, name), { recursive: true })
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const biome = resolve('node_modules/@biomejs/biome/bin/biome')
    const options = ['lint', '--reporter=json', '--max-diagnostics=none', '--error-on-warnings', 'src']
    const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...options], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    if (!stdout.startsWith('{')) throw new Error(`biome gave no report: ${stdout}${stderr}`)
    const findings = (JSON.parse(stdout) as Report).diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(({ category, message, location }) => ({
        path: location?.path ?? '',
        line: location?.start?.line ?? 0,
        rule: category,
        message,
      }))
    if ((status === 0) !== (findings.length === 0)) throw new Error(`biome ended with ${status} on ${findings.length} findings`)
    return findings
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
