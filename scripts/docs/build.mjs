// npm run docs: builds the documentation site into site/built, and checks its links, anchors and pictures.
//   node scripts/docs/build.mjs [--serve]   --serve also shows it on localhost
import { build, serve } from 'vitepress'
import { BUILT, builtPages, wrongIn } from './built.mjs'
import { stage } from './stage.mjs'

await stage()
await build('site')
const wrong = wrongIn(BUILT)
if (wrong.length > 0) {
  console.error(`${wrong.join('\n')}\n${wrong.length} links or pictures are wrong.`)
  process.exit(1)
}
console.log(`${builtPages(BUILT).length} pages in ${BUILT}: every link, anchor and picture leads somewhere.`)
if (process.argv.includes('--serve')) await serve({ root: 'site', port: 4173 })
