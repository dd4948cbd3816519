// A graph as a list of calls to the kernel. A column's memory is reused as soon as nothing needs it, so that a block stays in the nearest
// caches. A sink takes a node's sum, moments or values as soon as the node is ready.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import * as codes from '../numerics/kernel/assembly/operations.ts'
import { type KernelOperation, OperationList } from '../numerics/kernel/list.ts'
import type { NodeDefinition, Graph, Node } from './graph.ts'
import { RuleColumns } from './ruled.ts'

/** Takes the columns of some nodes once all of them are ready, or has the column of the first copied. */
export type NodeSink = { readonly nodes: readonly Node[] } & (
  | { readonly take: (columns: readonly Pointer[], rows: number) => void }
  | { readonly into: Pointer }
)

/** The sources of random numbers, one column per dimension. */
export interface Draws {
  /** Fills a column with the dimension's numbers in (0, 1). Absent if scores are given. */
  readonly uniforms?: (dimension: number, out: Pointer, padded: number) => void
  /** The column of a dimension's normal scores, if they are computed before. */
  readonly scores?: (dimension: number) => Pointer
  /** Columns of nodes that are computed elsewhere before each run. */
  readonly given?: (node: Node) => Pointer | undefined
}

export interface Tape {
  /** Runs all calls on `rows` trials. */
  run(rows: number): void
}

/** An operation of the kernel, or a function of the library. */
type Call = KernelOperation | ((padded: number, rows: number) => void)

/** Lays a graph out for an arena. Only what the sinks need is computed. */
export function record(graph: Graph, sinks: readonly NodeSink[], arena: Arena, draws: Draws): Tape {
  const parts = joined(new Recorder(graph, sinks, arena, draws).calls, arena)
  return {
    run(rows) {
      const padded = (rows + 3) & ~3
      for (let k = 0; k < parts.length; k++) {
        const part = parts[k]
        if (part instanceof OperationList) part.run(padded)
        else part(padded, rows)
      }
    },
  }
}

/** Operations in a row go into one list. */
function joined(calls: readonly Call[], arena: Arena) {
  const parts: (OperationList | Exclude<Call, KernelOperation>)[] = []
  let operations: KernelOperation[] = []
  const end = () => {
    if (operations.length > 0) parts.push(new OperationList(arena, operations))
    operations = []
  }
  for (const call of calls) {
    if (typeof call !== 'function') operations.push(call)
    else {
      end()
      parts.push(call)
    }
  }
  end()
  return parts
}

/** Operations with the same arguments and numbers in the graph and in the kernel. */
const CODES = {
  growths: codes.GROWTHS,
  rates: codes.RATES,
  resolved: codes.RESOLVED,
  multiply: codes.MULTIPLY,
  divide: codes.DIVIDE,
  least: codes.LESSER,
  greatest: codes.GREATER,
  clamp: codes.CLAMP,
  excess: codes.EXCESS,
  exceeds: codes.EXCEEDS,
  above: codes.ABOVE,
  packages: codes.PACKAGES,
  exponential: codes.EXPONENTIAL,
  logarithm1p: codes.LOGARITHM_1P,
  poisson: codes.POISSON,
  binomial: codes.BINOMIAL,
}

class Recorder {
  readonly calls: Call[] = []
  readonly #graph: Graph
  readonly #arena: Arena
  readonly #draws: Draws
  readonly #columns = new Map<Node, Pointer>()
  readonly #free: Pointer[] = []
  /** The number of remaining uses of each node. */
  readonly #uses = new Map<Node, number>()
  readonly #sums = new Map<Node, Node[]>()
  readonly #missing = new Map<Node, number>()
  readonly #waiting = new Map<Node, { sink: NodeSink; missing: number }[]>()
  readonly #kept = new Set<Pointer>()
  readonly #constants = new Map<Uint8Array | Float64Array, Pointer>()
  readonly #rules = new Map<number, RuleColumns>()

  constructor(graph: Graph, sinks: readonly NodeSink[], arena: Arena, draws: Draws) {
    this.#graph = graph
    this.#arena = arena
    this.#draws = draws
    const needed = this.#count(sinks)
    for (const node of needed) {
      const { operation } = graph.definitions[node]
      const given = draws.given?.(node)
      if (given !== undefined) this.#take(node, given)
      else if (operation !== 'linear') this.#emit(node, graph.definitions[node])
    }
  }

  /** Counts the uses of the nodes that the sinks need. */
  #count(sinks: readonly NodeSink[]): Node[] {
    const { definitions } = this.#graph
    const given = (node: Node) => this.#draws.given?.(node) !== undefined
    const needed = new Set<Node>()
    const reach = sinks.flatMap(({ nodes }) => nodes)
    for (let node = reach.pop(); node !== undefined; node = reach.pop()) {
      if (needed.has(node)) continue
      needed.add(node)
      if (!given(node)) reach.push(...definitions[node].args)
    }
    const use = (node: Node) => this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1)
    for (const sink of sinks) {
      const distinct = [...new Set(sink.nodes)]
      const entry = { sink, missing: distinct.length }
      for (const node of distinct) {
        use(node)
        this.#waiting.set(node, [...(this.#waiting.get(node) ?? []), entry])
      }
    }
    const order = [...needed].sort((a, b) => a - b)
    for (const node of order) {
      if (given(node)) continue
      const { operation, args } = definitions[node]
      for (const arg of args) use(arg)
      if (operation !== 'linear') continue
      this.#missing.set(node, args.length)
      for (const arg of args) {
        const list = this.#sums.get(arg)
        if (list) list.push(node)
        else this.#sums.set(arg, [node])
      }
    }
    return order
  }

  /** Uses a column that this tape must not write. */
  #take(node: Node, column: Pointer): void {
    this.#kept.add(column)
    this.#columns.set(node, column)
    this.#ready(node)
  }

  #allocate(): Pointer {
    return this.#free.pop() ?? this.#arena.column()
  }

  #release(node: Node): void {
    const left = (this.#uses.get(node) ?? 0) - 1
    this.#uses.set(node, left)
    const column = this.#columns.get(node)
    if (left === 0 && column !== undefined && !this.#kept.has(column)) this.#free.push(column)
  }

  #column(node: Node): Pointer {
    const column = this.#columns.get(node)
    if (column === undefined) throw new Error('a column is used before it is computed')
    return column
  }

  /** The place of a table or list in memory. */
  #stored(data: Uint8Array | Float64Array): Pointer {
    const known = this.#constants.get(data) ?? this.#arena.store(data)
    this.#constants.set(data, known)
    return known
  }

  /** The result may take the memory of an argument whose last use this is: every call reads an element before it writes it. */
  #emit(node: Node, definition: NodeDefinition): void {
    const { operation, args, numbers } = definition
    if (operation === 'score' && this.#emitScore(node, numbers[0])) return this.#ready(node)
    if (operation === 'state' && this.#emitDrawnState(node, definition)) return this.#ready(node)
    const columns = args.map((arg) => this.#column(arg))
    const [a = 0, b = 0, c = 0] = columns
    const [x = 0, y = 0] = numbers
    for (const arg of args) this.#release(arg)
    const out = this.#allocate()
    this.#columns.set(node, out)
    const call = ((): Call => {
      switch (operation) {
        case 'constant':
          return { code: codes.FILL, out, x }
        case 'uniform': {
          const { uniforms } = this.#draws
          if (!uniforms) throw new Error('this tape has no uniform numbers')
          return (n) => uniforms(x, out, n)
        }
        case 'tabulated':
          return { code: codes.TABULATED, a, b: this.#stored(this.#graph.tables[x]), out }
        case 'picked':
          return { code: codes.PICKED, a, b, c: this.#stored(this.#graph.lists[x]), out }
        case 'ruled':
          return this.#ruled(x, y, columns, out)
        case 'state':
          return args.length === 1 ? { code: codes.SCALE, a, out, x: y } : { code: codes.AUTOREGRESS, a, b, out, x, y }
        case 'score':
        case 'linear':
          throw new Error(`${operation} is emitted elsewhere`)
        default:
          return { code: CODES[operation], a, b, c, out, x, y }
      }
    })()
    this.calls.push(call)
    this.#ready(node)
  }

  /** The first month of a rule bills all of them. */
  #ruled(place: number, month: number, columns: readonly Pointer[], out: Pointer): Call {
    const known = this.#rules.get(place)
    if (known) return (padded) => known.write(month, out, padded)
    const made = new RuleColumns(this.#graph.rules[place], this.#arena)
    this.#rules.set(place, made)
    return (padded, rows) => {
      made.bill(columns, rows)
      made.write(month, out, padded)
    }
  }

  #emitScore(node: Node, dimension: number): boolean {
    const { scores, uniforms } = this.#draws
    if (scores) {
      const column = scores(dimension)
      this.#kept.add(column)
      this.#columns.set(node, column)
      return true
    }
    if (!uniforms) throw new Error('this tape has no random numbers')
    // A score with a single state as its only use is drawn with that state.
    if (this.#uses.get(node) === 1 && this.#drawnWith.has(node)) return true
    const out = this.#allocate()
    this.#columns.set(node, out)
    this.calls.push((n) => uniforms(dimension, out, n), { code: codes.NORMALS, a: out, out })
    return true
  }

  /** The scores whose only use is a state. */
  get #drawnWith(): ReadonlySet<Node> {
    this.#fused ??= new Set(
      this.#draws.scores
        ? []
        : this.#graph.definitions.flatMap(({ operation, args }, node) => {
            const score = operation === 'state' ? args[args.length - 1] : undefined
            const plain = score !== undefined && this.#graph.definitions[score].operation === 'score'
            return plain && this.#uses.has(node) && this.#uses.get(score) === 1 ? [score] : []
          }),
    )
    return this.#fused
  }
  #fused: ReadonlySet<Node> | undefined

  #emitDrawnState(node: Node, { args, numbers: [phi, s] }: NodeDefinition): boolean {
    const score = args[args.length - 1]
    const { uniforms } = this.#draws
    if (!uniforms || !this.#drawnWith.has(score)) return false
    const [dimension] = this.#graph.definitions[score].numbers
    const drawn = this.#allocate()
    const before = args.length === 2 ? this.#column(args[0]) : drawn
    if (args.length === 2) this.#release(args[0])
    this.#free.push(drawn)
    const out = this.#allocate()
    this.#columns.set(node, out)
    this.calls.push((n) => uniforms(dimension, drawn, n), { code: codes.STEP, a: drawn, b: before, out, x: phi, y: s })
    return true
  }

  /** Adds a ready node to the sums that contain it, and passes it to its sinks. */
  #ready(node: Node): void {
    if (this.#columns.get(node) === undefined) return
    for (const sum of this.#sums.get(node) ?? []) this.#accumulate(sum, node)
    for (const entry of this.#waiting.get(node) ?? []) {
      entry.missing -= 1
      if (entry.missing > 0) continue
      const { sink } = entry
      const columns = sink.nodes.map((each) => this.#column(each))
      if ('into' in sink) this.calls.push({ code: codes.AFFINE, a: columns[0], out: sink.into, x: 0, y: 1 })
      else this.calls.push((_, rows) => sink.take(columns, rows))
      for (const each of new Set(sink.nodes)) this.#release(each)
    }
  }

  #accumulate(sum: Node, node: Node): void {
    const { args, numbers } = this.#graph.definitions[sum]
    const [constant] = numbers
    const coefficient = numbers[1 + args.indexOf(node)]
    const from = this.#column(node)
    const missing = (this.#missing.get(sum) ?? 0) - 1
    this.#missing.set(sum, missing)
    let out = this.#columns.get(sum)
    if (out === undefined) {
      out = this.#allocate()
      this.#columns.set(sum, out)
      this.calls.push({ code: codes.AFFINE, a: from, out, x: constant, y: coefficient })
    } else
      this.calls.push(
        coefficient === 1 ? { code: codes.ADD, a: from, out } : { code: codes.ADD_SCALED, a: from, out, x: coefficient },
      )
    this.#release(node)
    if (missing === 0) this.#ready(sum)
  }
}
