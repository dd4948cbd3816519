// Runs every notebook of examples/ on the built package as users install it, in the Jupyter kernels of Deno, tslab, IJavascript and IPython. Fails
// on an error in any cell, on a chart without data, and on outputs that differ from those that the notebooks hold.
//   node scripts/notebooks.mjs [--write]    with --write, the notebooks get the outputs of this run
// It needs jupyter nbconvert; Deno and tslab come by npm, and Python's packages by pip. IJavascript is compiled where its library is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { changed, faults, picturesOf, stored } from './notebook-outputs.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
/** By the name of the kernel. */
const FOLDERS = {
  deno: 'examples/notebooks',
  tslab: 'examples/tslab',
  javascript: 'examples/ijavascript',
  python3: 'examples/python',
}
const TSLAB = 'tslab@1.0.22'
const IJAVASCRIPT = 'ijavascript@5.2.1'
const PACKAGES = ['duckdb==1.5.6', 'ipykernel==7.4.0', 'pandas==3.0.6', 'polars==1.44.2', 'pyarrow==25.0.1']
/** Old versions of nbclient lose about one output of fifty; a fourth run that misses the same one shows a defect. */
const TRIES = 4

const writes = process.argv.includes('--write')
const work = mkdtempSync(join(tmpdir(), 'billcast-notebooks-'))
const kernels = join(work, 'jupyter/kernels')

function kernel(name, spec) {
  mkdirSync(join(kernels, name), { recursive: true })
  writeFileSync(join(kernels, name, 'kernel.json'), JSON.stringify(spec))
}

/** The package as npm installs it. */
function install() {
  cpSync(join(ROOT, 'examples'), join(work, 'examples'), { recursive: true })
  mkdirSync(join(work, 'node_modules/.bin'), { recursive: true })
  symlinkSync(ROOT, join(work, 'node_modules/billcast'))
  symlinkSync('../billcast/dist/cli/billcast.js', join(work, 'node_modules/.bin/billcast'))
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }')
}

function installDeno() {
  const deno = execFileSync('npm', ['exec', '--yes', '--package=deno@2.9.5', '--', 'which', 'deno'], { encoding: 'utf8' }).trim()
  const argv = [deno, 'jupyter', '--kernel', '--conn', '{connection_file}']
  kernel('deno', { argv, display_name: 'Deno', language: 'typescript', env: { NO_COLOR: '1' } })
  return true
}

/** A program from npm, apart from what the notebooks import. @returns its folder of packages */
function fetched(program, env = {}) {
  const folder = join(work, program)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{}')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', program], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return join(folder, 'node_modules')
}

function installTslab() {
  const argv = [join(fetched(TSLAB), '.bin/tslab'), 'kernel', '--config-path', '{connection_file}']
  kernel('tslab', { argv, display_name: 'TypeScript', language: 'typescript' })
  return true
}

/** @returns whether it can be compiled: its messaging library comes with none, and would fetch its source from the network */
function installIJavascript() {
  if (spawnSync('pkg-config', ['--exists', 'libzmq']).status !== 0) {
    console.log('notebooks in IJavascript: skipped, since libzmq3-dev and pkg-config are not installed')
    return false
  }
  const packages = fetched(IJAVASCRIPT, { npm_config_zmq_external: 'true' })
  const argv = [process.execPath, join(packages, 'ijavascript/lib/kernel.js'), '--protocol=5.1', '{connection_file}']
  kernel('javascript', { argv, display_name: 'JavaScript (Node.js)', language: 'javascript' })
  return true
}

/** @returns whether Python's packages can be had: not every machine reaches where pip looks for them */
function installPython() {
  const target = join(work, 'python')
  const options = ['--quiet', '--no-compile', '--retries', '1', '--root-user-action', 'ignore', '--target', target]
  const { status, stderr } = spawnSync('python3', ['-m', 'pip', 'install', ...options, ...PACKAGES], { encoding: 'utf8' })
  if (status !== 0) {
    console.log(`notebooks in Python: skipped, since pip cannot install ${PACKAGES.join(' ')}\n${stderr}`)
    return false
  }
  const argv = ['python3', '-Xfrozen_modules=off', '-m', 'ipykernel_launcher', '-f', '{connection_file}']
  kernel('python3', { argv, display_name: 'Python 3', language: 'python', env: { PYTHONPATH: target } })
  return true
}

/** The Python that Jupyter itself runs on. */
function jupyterPython() {
  const jupyter = execFileSync('bash', ['-c', 'command -v jupyter-nbconvert'], { encoding: 'utf8' }).trim()
  return readFileSync(jupyter, 'utf8').split('\n')[0].slice(2).trim()
}

const parsed = (folder, name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

/**
 * Runs notebooks until none misses an output: until it has those that it holds, or, where they are written, those of the run before.
 * @returns what is wrong with each
 */
function execute(python, names) {
  const wrong = new Map()
  const held = new Map(writes ? [] : names.map((name) => [name, parsed(ROOT, name)]))
  let left = names
  for (let tries = 1; left.length > 0 && tries <= TRIES; tries++) {
    execFileSync(python, [join(ROOT, 'scripts/notebooks.py'), kernels, ...left.map((name) => join(work, name))], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 600_000,
    })
    for (const name of left) {
      const made = parsed(work, name)
      const before = held.get(name)
      wrong.set(name, [...faults(made), ...(before ? changed(before, made) : ['it has run only once'])])
      if (writes) held.set(name, stored(made))
    }
    left = left.filter((name) => wrong.get(name).length > 0)
  }
  return wrong
}

/** Whether a cell can be interrupted. */
function interrupted(python) {
  const { status, stderr } = spawnSync(python, [join(ROOT, 'scripts/notebook-interrupt.py'), kernels, work], { encoding: 'utf8' })
  if (status !== 0) console.error(`an interrupted cell: ${stderr}`)
  return status === 0
}

let failed = 0
try {
  install()
  const installers = { deno: installDeno, tslab: installTslab, javascript: installIJavascript, python3: installPython }
  const ready = Object.keys(FOLDERS).filter((name) => installers[name]())
  const names = ready.flatMap((name) =>
    readdirSync(join(ROOT, FOLDERS[name]))
      .filter((file) => file.endsWith('.ipynb'))
      .map((file) => `${FOLDERS[name]}/${file}`),
  )
  const python = jupyterPython()
  const wrong = execute(python, names)
  for (const name of names) {
    for (const fault of wrong.get(name)) console.error(`${name}, ${fault}`)
    if (!writes) continue
    const made = parsed(work, name)
    writeFileSync(join(ROOT, name), `${JSON.stringify(stored(made, await picturesOf(made)), undefined, 1)}\n`)
  }
  failed = names.filter((name) => wrong.get(name).length > 0).length + (interrupted(python) ? 0 : 1)
  console.log(`notebooks: ${names.length + 1 - failed} passed, ${failed} failed`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1
