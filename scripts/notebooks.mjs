// Runs every notebook of examples/ in Deno's Jupyter kernel, on the built package as users install it. Fails on an error in any
// cell, and on a chart without data. Needs jupyter nbconvert; Deno comes by npm.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const work = mkdtempSync(join(tmpdir(), 'billcast-notebooks-'))
const VEGALITE = 'application/vnd.vegalite.v5+json'
/** Old versions of nbclient lose about one output of fifty; a second run that misses the same one shows a defect. */
const TRIES = 3

const deno = execFileSync('npm', ['exec', '--yes', '--package=deno@2.9.5', '--', 'which', 'deno'], { encoding: 'utf8' }).trim()
cpSync(join(root, 'examples'), join(work, 'examples'), { recursive: true })
mkdirSync(join(work, 'node_modules'))
symlinkSync(root, join(work, 'node_modules/billcast'))
writeFileSync(join(work, 'package.json'), '{ "type": "module" }')
mkdirSync(join(work, 'jupyter/kernels/deno'), { recursive: true })
writeFileSync(
  join(work, 'jupyter/kernels/deno/kernel.json'),
  JSON.stringify({
    argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
    display_name: 'Deno',
    language: 'typescript',
  }),
)

/** Rows of data anywhere in a specification. */
function rowsIn(node) {
  if (Array.isArray(node)) return node.reduce((sum, item) => sum + rowsIn(item), 0)
  if (typeof node !== 'object' || node === null) return 0
  return (node.data?.values?.length ?? 0) + Object.values(node).reduce((sum, item) => sum + rowsIn(item), 0)
}

/** What is wrong with an executed notebook. */
function faults({ cells }) {
  return cells.flatMap(({ cell_type: kind, source, outputs = [] }, k) => {
    if (kind !== 'code') return []
    const error = outputs.find(({ output_type: type }) => type === 'error')
    if (error) return [`cell ${k}: ${error.ename}: ${error.evalue}`]
    const last = source[source.length - 1].trim()
    const wanted = /^(charts\.|result\.chart\()/.test(last) ? VEGALITE : last === 'result' ? 'text/html' : undefined
    if (wanted === undefined) return []
    const shown = outputs.map(({ data }) => data?.[wanted]).find((data) => data !== undefined)
    if (shown === undefined) return [`cell ${k}: it shows no ${wanted}`]
    return wanted === VEGALITE && rowsIn(shown) === 0 ? [`cell ${k}: a chart without data`] : []
  })
}

function execute(name) {
  execFileSync(
    'jupyter',
    [
      'nbconvert',
      '--to',
      'notebook',
      '--execute',
      '--allow-errors',
      '--ExecutePreprocessor.timeout=180',
      '--output',
      `done-${name}`,
      name,
    ],
    {
      cwd: join(work, 'examples/notebooks'),
      env: { ...process.env, JUPYTER_PATH: join(work, 'jupyter'), NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  return JSON.parse(readFileSync(join(work, 'examples/notebooks', `done-${name}`), 'utf8'))
}

/** Whether a cell can be interrupted: by the Python that Jupyter itself runs on. */
function interrupted() {
  const jupyter = execFileSync('bash', ['-c', 'command -v jupyter-nbconvert'], { encoding: 'utf8' }).trim()
  const python = readFileSync(jupyter, 'utf8').split('\n')[0].slice(2).trim()
  const { status, stderr } = spawnSync(python, [join(root, 'scripts/notebook-interrupt.py'), join(work, 'jupyter/kernels'), work], {
    encoding: 'utf8',
  })
  if (status !== 0) console.error(`an interrupted cell: ${stderr}`)
  return status === 0
}

let [passed, failed] = [0, 0]
try {
  for (const name of readdirSync(join(root, 'examples/notebooks')).filter((file) => file.endsWith('.ipynb'))) {
    let wrong = []
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      wrong = faults(execute(name))
      if (!wrong.some((fault) => fault.includes('it shows no'))) break
    }
    for (const fault of wrong) console.error(`${name}, ${fault}`)
    if (wrong.length === 0) passed += 1
    else failed += 1
  }
  if (interrupted()) passed += 1
  else failed += 1
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(`notebooks: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
