// The state of the calculator: the plan as text, what came before and after it, and the latest answer of the engine.
import { type FilesBeside, NO_FILES } from '../../api/beside.ts'
import type { CatalogOffer } from '../../contract/catalog/list.ts'
import type { AskedWords } from '../../present/words/asking.ts'
import type { OpenedHistory } from './history-dialog.ts'
import { startedEngine } from '../started-worker.ts'
import { engineProgram } from './engine-program.ts'
import { formOf } from './plan.ts'
import type { Reopened } from './quote/reopen.ts'
import { messageOf } from '../../errors.ts'
import type {
  PlanAnswer,
  Questions,
  EngineFiles,
  EngineReply,
  EngineRequest,
  Level,
  PlanProblem,
  QuoteReply,
  QuoteWish,
  ReportedPrices,
  Strip,
} from './protocol.ts'
import type { SharedPlan } from './share.ts'
import { browserPlace, keepVariants, MOST_SAVED, savedVariants, type SavedVariant, variantOf } from './variants.ts'

export interface State {
  readonly plan: string
  readonly files: FilesBeside
  /** The files that the plan asks for. */
  readonly asked: readonly string[]
  readonly catalog: readonly CatalogOffer[]
  readonly answer?: PlanAnswer
  readonly reported: readonly ReportedPrices[]
  readonly strips: readonly Strip[]
  readonly prices: readonly AskedWords[]
  readonly questions: Questions
  /** Why the present plan cannot be run. The last answer stays. */
  readonly failure?: string
  readonly level: Level
  /** Whether the answer on view is not the final one, for longer than a moment. */
  readonly refining: boolean
  /** The verdict as the page speaks it, once it is final and nothing moves. */
  readonly spoken: string
  /** While a slider moves: the answer when it started, whose order and scales stay. */
  readonly moving?: PlanAnswer
  readonly variants: readonly SavedVariant[]
  /** Whether the browser keeps the variants. */
  readonly kept: boolean
  /** The offer whose budget is on view, if one was chosen. */
  readonly chosen?: string
  /** A remark on what the page has just done. It goes with the next change. */
  readonly told?: string
  readonly dialog?: 'catalog' | 'quote' | 'history' | 'plan' | 'share' | 'export' | 'emails'
  /** The offer that a dialog changes: as the quote that the questions ask for, or in the whole plan for a reason. */
  readonly reopened?: { readonly offer: string; readonly found: Reopened }
  /** The file of past months that was dropped last. */
  readonly history?: OpenedHistory
}

const MOST_STEPS = 200
/** Milliseconds after which the status says that an answer is not the final one. */
const MOMENT = 150

export class Store {
  state: State
  readonly #past: string[] = []
  readonly #future: string[] = []
  #engine: Worker | undefined
  #withFiles = false
  readonly #changed: () => void
  readonly #place = browserPlace()
  #request = 0
  #checked = 0
  readonly #checks = new Map<number, (problems: readonly PlanProblem[]) => void>()
  #quotes = 0
  #moment: ReturnType<typeof setTimeout> | undefined
  #quoted: (reply: QuoteReply) => void = () => undefined
  #reopening: (found: Reopened) => void = () => undefined

  constructor({ plan, files = NO_FILES }: SharedPlan, changed: () => void) {
    this.state = {
      plan,
      files,
      asked: [],
      catalog: [],
      reported: [],
      strips: [],
      prices: [],
      questions: { every: [], some: [] },
      level: 80,
      refining: false,
      spoken: '',
      variants: savedVariants(this.#place),
      kept: true,
    }
    this.#changed = changed
    // The engine starts beside the page, which draws the form meanwhile.
    void this.#restart()
  }

  /** Plans with files have an engine of their own. */
  async #restart(): Promise<void> {
    const { files } = this.state
    const withFiles = Object.keys(files.texts).length > 0
    try {
      if (!this.#engine || withFiles !== this.#withFiles) {
        const program = await engineProgram(withFiles)
        this.#engine?.terminate()
        // The engine before will not answer.
        for (const resolve of this.#checks.values()) resolve([])
        this.#checks.clear()
        this.#engine = startedEngine(program)
        this.#withFiles = withFiles
        this.#engine.onmessage = ({ data }: MessageEvent<EngineReply>) => this.#heard(data)
      }
      this.#engine.postMessage({ files: this.state.files } satisfies EngineFiles)
      this.#ask()
    } catch (error) {
      this.set({ failure: messageOf(error) })
      document.body.dataset.state = 'failed'
    }
  }

  tell(told: string): void {
    this.set({ told })
  }

  /** Adds files beside the plan, in place of those with the same names. */
  addFiles(texts: FilesBeside['texts']): void {
    const { files } = this.state
    const refused = Object.fromEntries(Object.entries(files.refused).filter(([name]) => !Object.hasOwn(texts, name)))
    this.set({ files: { texts: { ...files.texts, ...texts }, refused } })
    void this.#restart()
  }

  /** Opens a plan with its files in place of the present one, to which undo leads back. */
  open({ plan, files = NO_FILES }: SharedPlan): void {
    this.edit(plan)
    if (Object.keys(files.texts).length > 0) this.addFiles(files.texts)
  }

  /** The files that the plan asks for and the page has. */
  get beside(): FilesBeside['texts'] {
    const { asked, files } = this.state
    return Object.fromEntries(Object.entries(files.texts).filter(([name]) => asked.includes(name)))
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  set(part: Partial<State>): void {
    this.state = { ...this.state, ...part }
    this.#changed()
  }

  /** Saves the plan with its final answer as a variant. */
  save(): void {
    const { plan, answer, variants } = this.state
    if (answer?.final && variants.length < MOST_SAVED) this.#keep([...variants, variantOf(plan, formOf(plan), answer, variants)])
  }

  forget(name: string): void {
    this.#keep(this.state.variants.filter((variant) => variant.name !== name))
  }

  #keep(variants: readonly SavedVariant[]): void {
    this.set({ variants, kept: keepVariants(this.#place, variants) })
  }

  /** Shows a dialog, or none. */
  show(dialog: State['dialog'] | undefined): void {
    const { dialog: _, reopened: __, ...rest } = this.state
    this.state = dialog ? { ...rest, dialog } : rest
    this.#changed()
  }

  /** @param joined whether the change belongs to the one before, such as a slider that still moves */
  edit(plan: string, joined = false): void {
    if (plan === this.state.plan) return
    if (!joined) {
      this.#past.push(this.state.plan)
      if (this.#past.length > MOST_STEPS) this.#past.shift()
    }
    this.#future.length = 0
    this.#take(plan)
  }

  /** A slider moves: order and scales of the answer stay until it rests. */
  startMove(): void {
    const { answer, moving } = this.state
    if (answer && !moving) this.state = { ...this.state, moving: answer }
  }

  endMove(): void {
    const { moving, ...rest } = this.state
    if (!moving) return
    this.state = rest
    this.#ask()
    this.#changed()
  }

  undo(): void {
    this.#move(this.#past, this.#future)
  }

  redo(): void {
    this.#move(this.#future, this.#past)
  }

  #move(from: string[], to: string[]): void {
    const plan = from.pop()
    if (plan === undefined) return
    to.push(this.state.plan)
    this.#take(plan)
  }

  #take(plan: string): void {
    const { told: _, ...rest } = this.state
    this.state = { ...rest, plan }
    this.#ask()
    this.#changed()
  }

  /** The mistakes of a text that is not the plan yet. */
  check(plan: string): Promise<readonly PlanProblem[]> {
    this.#checked += 1
    const id = this.#checked
    return new Promise((resolve) => {
      this.#checks.set(id, resolve)
      this.#engine?.postMessage({ id, plan, check: true } satisfies EngineRequest)
    })
  }

  /** Bills a plan with a quote that is not in it yet. A newer one stops an older one. */
  quote(plan: string, wish: QuoteWish, take: (reply: QuoteReply) => void): void {
    this.#quotes += 1
    this.#quoted = take
    this.#engine?.postMessage({ id: this.#quotes, plan, quote: wish } satisfies EngineRequest)
  }

  /** Opens an offer in the questions, or in the whole plan if they cannot show it. */
  reopen(offer: string): void {
    const { plan } = this.state
    this.#reopening = (found) => {
      if (plan !== this.state.plan || this.state.dialog !== undefined) return
      this.set({ dialog: 'quote' in found ? 'quote' : 'plan', reopened: { offer, found } })
    }
    this.#engine?.postMessage({ id: 0, plan, reopen: offer } satisfies EngineRequest)
  }

  #ask(): void {
    const { plan, moving, strips } = this.state
    const volume = strips.find(({ key }) => key !== 'rate')
    this.#request += 1
    this.#engine?.postMessage({
      ...{ id: this.#request, plan },
      ...(moving?.ranges && { held: moving.ranges.scale }),
      ...(volume && { limits: [volume.low, volume.high] }),
    } satisfies EngineRequest)
    this.#moment ??= setTimeout(() => this.set({ refining: true }), MOMENT)
    document.body.dataset.state = 'running'
  }

  /** The answer is final, or there is none. */
  #rest(): Pick<State, 'refining'> {
    clearTimeout(this.#moment)
    this.#moment = undefined
    return { refining: false }
  }

  #heard(reply: EngineReply): void {
    if (reply.kind === 'catalog') return this.set({ catalog: reply.catalog, questions: reply.questions, reported: reply.reported })
    if (reply.kind === 'checked') {
      this.#checks.get(reply.id)?.(reply.problems)
      this.#checks.delete(reply.id)
      return
    }
    if (reply.kind === 'reopened') return this.#reopening(reply.found)
    if (reply.kind === 'quoted') {
      if (reply.id === this.#quotes) this.#quoted(reply)
      return
    }
    const id = reply.kind === 'answer' ? reply.answer.id : reply.id
    // The plan changed after this request.
    if (id !== this.#request) return
    if (reply.kind === 'asked') this.set({ asked: reply.asked })
    else if (reply.kind === 'failed') {
      this.set({ ...this.#rest(), failure: reply.message })
      document.body.dataset.state = 'failed'
    } else if (reply.kind === 'strips') {
      this.set({ strips: reply.strips, prices: reply.prices })
      document.body.dataset.state = 'done'
    } else {
      const { failure: _, ...rest } = this.state
      const { answer } = reply
      const idle = answer.final && !rest.moving
      this.state = {
        ...{ ...rest, answer: answer.final ? answer : withMonths(answer, rest.answer) },
        ...(answer.final && this.#rest()),
        ...(idle && { spoken: answer.sentences.join(' ') }),
      }
      this.#changed()
      document.body.dataset.state = reply.answer.final ? 'final' : 'quick'
    }
  }
}

/** A quick answer has no months. Those of the answer before stay on view, so that nothing below them moves. */
function withMonths(answer: PlanAnswer, before: PlanAnswer | undefined): PlanAnswer {
  const monthsOf = (name: string) => before?.offers.find((offer) => offer.name === name)?.months
  return {
    ...answer,
    offers: answer.offers.map((offer) => {
      const months = monthsOf(offer.name)
      return months ? { ...offer, months } : offer
    }),
  }
}
