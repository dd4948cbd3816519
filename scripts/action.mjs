// The step of the GitHub Action (action.yml): runs a plan and its diff from the base of the change, comments both on the pull request,
// and ends with the exit code of the run, which is 3 if the plan's budget does not hold. Inputs come as variables of the environment,
// never as words of a shell.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const { env } = process
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const plan = env.BILLCAST_PLAN ?? ''
const command = (env.BILLCAST_COMMAND || `npx --yes billcast@${version}`).split(/\s+/)
const event = env.GITHUB_EVENT_PATH ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) : {}
/** What GitHub takes, less the text around the tables. */
const LONGEST = 60_000

/** @param {string} program @param {readonly string[]} args */
function started(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (error) throw error
  return { status: status ?? 1, stdout, stderr }
}

/** @param {readonly string[]} args */
const billcast = (...args) => started(command[0], [...command.slice(1), ...args])

/**
 * Puts the base of the change into a folder of its own, with the files that stand beside its plan.
 * @param {string} sha @param {string} folder @returns {boolean} whether the base is there
 */
function checkedOut(sha, folder) {
  if (started('git', ['cat-file', '-e', `${sha}^{commit}`]).status !== 0)
    started('git', ['fetch', '--quiet', '--depth=1', 'origin', sha])
  return started('git', ['worktree', 'add', '--quiet', '--detach', folder, sha]).status === 0
}

/** @returns {string} what changed since the base of the pull request, or why that is not known */
function changes() {
  const sha = event.pull_request?.base?.sha
  if (typeof sha !== 'string') return 'This run belongs to no pull request, so there is no earlier plan to compare with.'
  const folder = join(mkdtempSync(join(tmpdir(), 'billcast-base-')), 'base')
  try {
    if (!checkedOut(sha, folder)) return 'The base of this change could not be fetched, so its plan is not compared.'
    if (!existsSync(join(folder, plan))) return 'This plan is new.'
    const { status, stdout, stderr } = billcast('diff', join(folder, plan), plan, '--trials', env.BILLCAST_TRIALS ?? '65536')
    return (status === 0 ? stdout : stderr.replaceAll(folder, 'base')).trimEnd()
  } finally {
    started('git', ['worktree', 'remove', '--force', folder])
    rmSync(join(folder, '..'), { recursive: true, force: true })
  }
}

/** A fence that no line of the text ends. @param {string} text */
function fenced(text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text.length > LONGEST / 2 ? `${text.slice(0, LONGEST / 2)}\n…` : text}\n${fence}`
}

const OUTCOMES = { 0: 'The plan runs.', 2: 'The plan has a mistake.', 3: 'The budget does not hold.' }

/** @param {number} status @param {boolean} gate @returns {string} */
const outcomeOf = (status, gate) =>
  status === 0 && gate ? 'The budget holds.' : (OUTCOMES[/** @type {0 | 2 | 3} */ (status)] ?? 'The run failed.')

/** @param {string} path @param {string} method @param {object} [body] */
async function asked(path, method, body) {
  const answer = await fetch(`${env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}${path}`, {
    method,
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${env.BILLCAST_TOKEN}`, 'user-agent': 'billcast' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${method} ${path}`)
  return answer.json()
}

/** Writes the comment, or replaces the one of an earlier push. @param {string} text @param {string} marker */
async function commented(text, marker) {
  const number = event.pull_request?.number
  if (env.BILLCAST_COMMENT !== 'true' || typeof number !== 'number' || !env.BILLCAST_TOKEN) return
  try {
    const earlier = await asked(`/issues/${number}/comments?per_page=100`, 'GET')
    const own = earlier.find((/** @type {{ body?: string }} */ { body }) => body?.startsWith(marker))
    if (own) await asked(`/issues/comments/${own.id}`, 'PATCH', { body: text })
    else await asked(`/issues/${number}/comments`, 'POST', { body: text })
  } catch (error) {
    // The token of a fork may not write. The summary of the job has the same text.
    console.log(`::warning::The comment was not written: ${error instanceof Error ? error.message : error}`)
  }
}

if (!existsSync(plan)) {
  console.log(`::error::plan: expected the name of a plan in the repository, such as plans/support.yaml, got "${plan}"`)
  process.exit(2)
}
const gate = env.BILLCAST_GATE === 'true'
const { status, stdout, stderr } = billcast('run', plan, '--trials', env.BILLCAST_TRIALS ?? '65536', ...(gate ? ['--gate'] : []))
const marker = `<!-- billcast ${plan.replaceAll('--', '- -')} -->`
const text = [
  marker,
  `### ${plan}: ${outcomeOf(status, gate)}`,
  ...(status === 0 || status === 3 ? [fenced(changes())] : []),
  '<details><summary>All figures</summary>',
  fenced(`${stdout}${stderr}`.trimEnd()),
  '</details>',
].join('\n\n')
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${text}\n`)
await commented(text, marker)
// The log gets no text of the plan: GitHub reads lines that begin with two colons as commands.
console.log(outcomeOf(status, gate))
process.exitCode = status
