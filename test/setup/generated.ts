// Tests from sources need the generated code that the sources import, and no more.
import { execFileSync } from 'node:child_process'

export default () => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--generated'], { stdio: 'inherit' })
}
