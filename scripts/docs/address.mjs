// Where the project lives. There is no public address yet: `homepage` in package.json is a placeholder, and the one place to change it.
// `bugs` and `repository` there have to repeat it, which a test checks.
import { readFileSync } from 'node:fs'

const { homepage } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** @type {string} */
export const ADDRESS = homepage

/** A file or folder of the repository, as its host shows it. @param {string} path @param {boolean} folder */
export const inRepository = (path, folder) => `${ADDRESS}/${folder ? 'tree' : 'blob'}/main/${path}`
