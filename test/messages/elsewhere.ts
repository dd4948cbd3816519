// The few places that create a message and that no input of this folder reaches.

export interface Elsewhere {
  readonly file: string
  /** The functions that it stands in. */
  readonly within: string
  readonly why: string
  /** The test that reaches it; absent for what guards against a defect of billcast itself. */
  readonly test?: string
}

const TYPES = 'The type checker asks for it. The line before rules it out.'
const SELECTION = 'Guards the selection of ranks against its own callers.'
const PROTOCOL = 'Needs a client of the protocol.'
const GRAPH = 'Guards the recorder of the model against its own builders.'

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    file: 'src/platform/browser/threads/executor.ts',
    within: 'pageExecutor',
    why: 'Needs a page that forbids workers.',
    test: 'test/browser/core.test.ts',
  },
  { file: 'src/platform/browser/threads/executor.ts', within: 'Team.#lost', why: 'Needs a browser whose workers die.' },
  {
    file: 'src/platform/browser/threads/worker.ts',
    within: 'PageWorker.constructor',
    why: 'Needs a page that forbids workers.',
    test: 'test/browser/core.test.ts',
  },
  ...['Helper.constructor', 'Helper.start', 'Helper.#told', 'Helper.#idle'].map((within) => ({
    file: 'src/platform/browser/helpers/helper.ts',
    within,
    why: 'Needs a browser, and there a worker that dies, cannot start or repeats an error.',
    test: 'test/browser/core.test.ts',
  })),
  { file: 'src/platform/browser/threads/worker.ts', within: 'PageWorker.ask', why: 'Needs a browser whose workers die.' },
  { file: 'src/platform/browser/threads/worker.ts', within: 'PageWorker.rest', why: 'Needs a browser, and ten seconds.' },
  {
    file: 'src/platform/browser/threads/worker.ts',
    within: 'PageWorker.#answered',
    why: 'Repeats an error that a worker created.',
    test: 'test/browser/core.test.ts',
  },
  {
    file: 'src/platform/browser/threads/program.ts',
    within: 'knownOf',
    why: 'Guards a worker against the page that tells it of jobs.',
  },
  {
    file: 'src/platform/node/answered.ts',
    within: 'sent',
    why: 'Needs a thread that answers something else.',
    test: 'test/platform/node/questions.test.ts',
  },
  { file: 'src/platform/node/assistant/server.ts', within: 'serveAssistant', why: PROTOCOL, test: 'test/slow/assistant.test.ts' },
  { file: 'src/platform/node/assistant/server.ts', within: 'calledTool', why: PROTOCOL, test: 'test/slow/assistant.test.ts' },
  { file: 'src/platform/node/assistant/server.ts', within: 'noSuchTool', why: PROTOCOL, test: 'test/slow/assistant.test.ts' },
  { file: 'src/platform/node/assistant/desk.ts', within: 'Desk.answer', why: PROTOCOL, test: 'test/slow/assistant.test.ts' },
  { file: 'src/platform/node/assistant/desk.ts', within: 'Desk.#limited', why: PROTOCOL, test: 'test/slow/assistant.test.ts' },
  {
    file: 'src/platform/node/assistant/desk.ts',
    within: 'Desk.#asked',
    why: 'Needs a thread that answers something else, or repeats what the tool threw.',
    test: 'test/slow/assistant.test.ts',
  },
  { file: 'src/platform/node/shard-file.ts', within: 'readHeader', why: 'Needs a disk that fails while a shard is read.' },
  {
    file: 'src/api/faults.ts',
    within: 'errorOf',
    why: 'Repeats an error that another thread created.',
    test: 'test/platform/node/questions.test.ts',
  },
  {
    file: 'src/platform/node/threads/sender.ts',
    within: 'Threads.#left',
    why: 'Needs a thread that dies. Node starts none from sources.',
    test: 'test/slow/deaths.test.ts',
  },
  ...['Threads.send', 'Threads.settle', 'Threads.#received', 'Threads.#assign', 'Threads.#failed'].map((within) => ({
    file: 'src/platform/node/threads/sender.ts',
    within,
    why: 'Needs threads that end or fail. Node starts none from sources.',
    test: 'test/slow/deaths.test.ts',
  })),
  {
    file: 'src/platform/node/threads/sender.ts',
    within: 'openSender',
    why: 'Needs threads that all die, or do not start. Node starts none from sources.',
    test: 'test/slow/unattended.test.ts',
  },
  {
    file: 'src/platform/queue/batch.ts',
    within: 'planRunner.runIn.warn',
    why: 'Needs ten workers that vanish with a task.',
    test: 'test/distributed/faults.test.ts',
  },
  { file: 'src/platform/queue/batch.ts', within: 'warnIfLonely', why: 'Needs a Redis.', test: 'test/distributed/faults.test.ts' },
  { file: 'src/api/result.ts', within: 'SimulationResult.verdict', why: TYPES },
  { file: 'src/platform/queue/batch.ts', within: 'planRunner.merge', why: TYPES },
  {
    file: 'src/questions/portfolio/costs.ts',
    within: 'PortfolioCosts.column',
    why: 'Guards the columns of a portfolio against their own callers.',
  },
  {
    file: 'src/platform/queue/dispatcher.ts',
    within: 'Dispatcher.#finished',
    why: 'Guards against a worker that is none of billcast.',
  },
  {
    file: 'src/platform/queue/dispatcher.ts',
    within: 'Dispatcher.#failed',
    why: 'Needs a Redis.',
    test: 'test/distributed/queue.test.ts',
  },
  {
    file: 'src/platform/node/package.ts',
    within: 'packageFile',
    why: 'Needs a bundle without the package.',
    test: 'test/slow/bundles.test.ts',
  },
  {
    file: 'src/forecasting/history/working-days.ts',
    within: 'holidayPackage',
    why: 'Needs a computer without the package.',
    test: 'test/forecasting/working-days.test.ts',
  },
  {
    file: 'src/platform/node/optional.ts',
    within: 'missing',
    why: 'Needs a computer without the packages.',
    test: 'test/package/queue.test.ts',
  },
  { file: 'src/platform/queue/worker.ts', within: 'tasksOn.run', why: 'Needs a Redis.', test: 'test/distributed/faults.test.ts' },
  {
    file: 'src/platform/queue/worker.ts',
    within: 'watchOthers.look',
    why: 'Needs a Redis.',
    test: 'test/distributed/faults.test.ts',
  },
  { file: 'src/contract/line-kinds.ts', within: '', why: 'Refuses a source file that gives a kind of line a second meaning.' },
  { file: 'src/numerics/estimators/desk.ts', within: 'placeOf', why: SELECTION },
  { file: 'src/numerics/estimators/order.ts', within: 'selectionOn.at', why: SELECTION },
  { file: 'src/preintegration/lines.ts', within: 'LineWork.#column', why: TYPES },
  { file: 'src/preintegration/points.ts', within: 'Points.apart', why: TYPES },
  { file: 'src/questions/negotiate/grid-search.ts', within: 'GridSearch.refine', why: TYPES },
  { file: 'src/questions/replan/reforecast.ts', within: 'recordedYear', why: TYPES },
  { file: 'src/questions/replan/track.ts', within: 'tracked', why: TYPES },
  {
    file: 'src/run/run.ts',
    within: 'finite',
    why: 'Guards against sums that leave the range of numbers though those of each block do not.',
  },
  { file: 'src/simulation/tape.ts', within: 'Recorder.#column', why: GRAPH },
  { file: 'src/simulation/tape.ts', within: 'Recorder.#emit', why: GRAPH },
  { file: 'src/simulation/tape.ts', within: 'Recorder.#emitScore', why: GRAPH },
]
