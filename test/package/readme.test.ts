// What readers of the published README reach from it.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ADDRESS } from '../../scripts/docs/address.mjs'
import { linksOf, targetOf } from '../../scripts/docs/links.mjs'
import { slug } from '../../scripts/docs/slug.mjs'
import { markdownDocument } from '../../scripts/prose/markdown.mjs'

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly homepage: string
  readonly bugs: string
  readonly repository: { readonly url: string }
  readonly keywords: readonly string[]
}

const headingsOf = (file: string) =>
  markdownDocument(file, readFileSync(file, 'utf8'))
    .blocks.filter(({ kind }) => kind === 'heading')
    .map(({ text }) => slug(text))

describe('the published README', () => {
  it('links only to files of the package, to headings that exist, and to the address of the project', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })
    const [{ files }] = JSON.parse(packed) as [{ readonly files: readonly { readonly path: string }[] }]
    const paths = new Set(files.map(({ path }) => path))
    const dead = linksOf(readFileSync('README.md', 'utf8')).flatMap(({ url, line }) => {
      if (/^https?:/.test(url)) return []
      const { file, anchor } = targetOf('README.md', url)
      if (!paths.has(file)) return [`README.md:${line}: the package has no ${file}`]
      return anchor === undefined || headingsOf(file).includes(anchor)
        ? []
        : [`README.md:${line}: ${file} has no heading #${anchor}`]
    })
    expect(dead).toEqual([])
  })
})

describe('the address of the project', () => {
  it('is the homepage of package.json, which the other addresses repeat', () => {
    expect([own.bugs, own.repository.url]).toEqual([`${ADDRESS}/issues`, `git+${ADDRESS}.git`])
    expect(own.keywords.length).toBeGreaterThan(4)
  })
  it('stands in no other file', () => {
    const { host } = new URL(ADDRESS)
    const texts = ['README.md', ...['docs', 'site/.vitepress', 'scripts'].flatMap(textsIn)]
    expect(texts.filter((file) => readFileSync(file, 'utf8').includes(host))).toEqual([])
  })
})

const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(md|m?js|ts|vue|json)$/.test(name) && !name.includes('/cache/'))
