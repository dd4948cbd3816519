// The licenses of packages whose code the build joins into dist/ and into the report's page. They ask that copies carry their text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const FOLDER = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** @param files paths of modules @returns the name, version and license text of each package among them */
export function licensesOf(files) {
  const folders = new Set([...files].flatMap((file) => FOLDER.exec(file.replaceAll('\\', '/'))?.[1] ?? []))
  const texts = new Map([...folders].map((folder) => textOf(folder)))
  return [...texts.keys()]
    .sort()
    .map((title) => `${title}\n\n${texts.get(title)}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function textOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry))
  const by = typeof author === 'object' ? author.name : author
  return [
    `${name} ${version}`,
    file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8').trim() : `${license}, ${by ?? ''}`,
  ]
}
