// Which places of src that create a message were not reached: V8's precise coverage of the modules as this process loaded them.
import { type Debugger, type Profiler, Session } from 'node:inspector'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constructsOf } from './constructs.ts'

export interface Place {
  readonly file: string
  readonly line: number
  /** The functions that it stands in. */
  readonly within: string
}

/** What no block without a message has. */
const LIKELY = /Error\(|\.push\(|message:|\b(problem|addIssue|note|warn|report|told|tell|slip|say|wrong)\(/

/** Where a module's source map begins, in base64. */
const MAP = '//# sourceMappingURL='

export class Coverage {
  readonly #session = new Session()

  /** Counts from now on, block by block in modules that are loaded later. */
  start(): void {
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** Unreached places in files whose path begins like this. */
  missed(folder: string): Place[] {
    const scripts = this.#taken()
    this.#session.post('Debugger.enable')
    // A module may have been evaluated twice: what one of the two reached is reached.
    const missed = new Map<string, Place[]>()
    for (const script of scripts) {
      const path = relative(process.cwd(), script.url.startsWith('file:') ? fileURLToPath(script.url) : script.url)
      if (!path.startsWith(folder) || !path.endsWith('.ts')) continue
      const own = missedIn(path, this.#textOf(script), script)
      const before = missed.get(path) ?? own
      missed.set(
        path,
        before.filter(({ line, within }) => own.some((place) => place.line === line && place.within === within)),
      )
    }
    this.#session.post('Debugger.disable')
    return [...missed.values()].flat()
  }

  stop(): void {
    this.#session.post('Profiler.stopPreciseCoverage')
    this.#session.post('Profiler.disable')
    this.#session.disconnect()
  }

  #taken(): readonly Profiler.ScriptCoverage[] {
    let scripts: readonly Profiler.ScriptCoverage[] | undefined
    // The answer comes before the call returns.
    this.#session.post('Profiler.takePreciseCoverage', (_, taken?: Profiler.TakePreciseCoverageReturnType) => {
      scripts = taken?.result
    })
    if (!scripts) throw new Error('there is no coverage')
    return scripts
  }

  #textOf({ scriptId, url }: Profiler.ScriptCoverage): string {
    let text: string | undefined
    this.#session.post('Debugger.getScriptSource', { scriptId }, (_, source?: Debugger.GetScriptSourceReturnType) => {
      text = source?.scriptSource
    })
    if (text === undefined) throw new Error(`${url} has no source`)
    return text
  }
}

function missedIn(file: string, text: string, { functions }: Profiler.ScriptCoverage): Place[] {
  const end = text.indexOf(MAP)
  const ranges = functions.flatMap((one) => one.ranges)
  // To parse all files would take seconds.
  const suspicious = ranges.some((one) => one.count === 0 && LIKELY.test(text.slice(one.startOffset, Math.min(end, one.endOffset))))
  if (!suspicious) return []
  const map = Buffer.from(text.slice(text.indexOf(',', end) + 1).split('\n', 1)[0], 'base64').toString()
  const source = new SourceMap(JSON.parse(map) as SourceMapPayload)
  return constructsOf(text.slice(0, end)).flatMap(({ at, line, character, within }) => {
    if (countAt(ranges, at) > 0) return []
    const entry = source.findEntry(line, character)
    return [{ file, within, line: 'originalLine' in entry ? entry.originalLine + 1 : 0 }]
  })
}

/** How often the innermost block around a place ran. */
function countAt(ranges: readonly Profiler.CoverageRange[], at: number): number {
  const size = ({ startOffset, endOffset }: Profiler.CoverageRange) => endOffset - startOffset
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
  return around.reduce((a, b) => (size(b) <= size(a) ? b : a)).count
}
