// Tests of the package, its command and its worker threads run what users run: dist/, built before them where something changed.
import { execFileSync } from 'node:child_process'

export default () => {
  if (process.env.BILLCAST_NO_BUILD) return
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
}
