// The address of the project stands in package.json, and nothing else repeats it by hand.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ADDRESS } from '../../scripts/docs/address.mjs'

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly homepage: string
  readonly bugs: string
  readonly repository: { readonly url: string }
  readonly keywords: readonly string[]
}

describe('the address of the project', () => {
  it('is the homepage of package.json, which the other addresses repeat', () => {
    expect([own.bugs, own.repository.url]).toEqual([`${ADDRESS}/issues`, `git+${ADDRESS}.git`])
    expect(own.keywords.length).toBeGreaterThan(4)
  })
  it('is repeated by hand in no other file', () => {
    const { host } = new URL(ADDRESS)
    const texts = ['README.md', ...['docs', 'site/.vitepress', 'scripts'].flatMap(textsIn)]
    expect(texts.filter((file) => readFileSync(file, 'utf8').includes(host))).toEqual([])
  })
})

const textsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.(md|m?js|ts|vue|json)$/.test(name) && !name.includes('/cache/'))
