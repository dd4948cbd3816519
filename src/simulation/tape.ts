// A graph as a list of calls to the kernel. A column's memory is reused as soon as nothing needs it, so that a block stays in the nearest
// caches. A sink takes a node's sum, moments or values as soon as the node is ready.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import type { NodeDefinition, Graph, Node } from './graph.ts'

/** Takes the columns of some nodes once all of them are ready. */
export interface NodeSink {
  readonly nodes: readonly Node[]
  readonly take: (columns: readonly Pointer[], rows: number) => void
}

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

type Call = (padded: number, rows: number) => void

/** Lays a graph out for an arena. Only what the sinks need is computed. */
export function record(graph: Graph, sinks: readonly NodeSink[], arena: Arena, draws: Draws): Tape {
  const calls = new Recorder(graph, sinks, arena, draws).calls
  return {
    run(rows) {
      const padded = (rows + 3) & ~3
      for (let k = 0; k < calls.length; k++) calls[k](padded, rows)
    },
  }
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
  readonly #tables = new Map<number, Pointer>()

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

  #table(place: number): Pointer {
    const stored = this.#tables.get(place) ?? this.#arena.store(this.#graph.tables[place])
    this.#tables.set(place, stored)
    return stored
  }

  /** The result may take the memory of an argument whose last use this is: every call reads an element before it writes it. */
  #emit(node: Node, definition: NodeDefinition): void {
    const { ops } = this.#arena.kernel
    const { operation, args, numbers } = definition
    if (operation === 'score' && this.#emitScore(node, numbers[0])) return this.#ready(node)
    if (operation === 'state' && this.#emitDrawnState(node, definition)) return this.#ready(node)
    const [a = 0, b = 0, c = 0] = args.map((arg) => this.#column(arg))
    const [x = 0, y = 0] = numbers
    for (const arg of args) this.#release(arg)
    const out = this.#allocate()
    this.#columns.set(node, out)
    const call = ((): Call => {
      switch (operation) {
        case 'constant':
          return (n) => ops.fill(out, n, x)
        case 'uniform': {
          const { uniforms } = this.#draws
          if (!uniforms) throw new Error('this tape has no uniform numbers')
          return (n) => uniforms(x, out, n)
        }
        case 'tabulated': {
          const table = this.#table(x)
          return (n) => ops.tabulated(a, out, n, table)
        }
        case 'state':
          return args.length === 1 ? (n) => ops.scale(a, out, n, y) : (n) => ops.autoregress(a, b, out, n, x, y)
        case 'growths':
          return (n) => ops.growths(a, out, n, x)
        case 'rates':
          return (n) => ops.rates(a, b, out, n)
        case 'resolved':
          return (n) => ops.resolved(a, b, out, n, x)
        case 'multiply':
          return (n) => ops.multiply(a, b, out, n)
        case 'divide':
          return (n) => ops.divide(a, b, out, n)
        case 'least':
          return (n) => ops.lesser(a, b, out, n)
        case 'greatest':
          return (n) => ops.greater(a, b, out, n)
        case 'clamp':
          return (n) => ops.clamp(a, out, n, x, y)
        case 'excess':
          return (n) => ops.excess(a, out, n, x)
        case 'exceeds':
          return (n) => ops.exceeds(a, out, n, x)
        case 'above':
          return (n) => ops.above(a, out, n, x)
        case 'packages':
          return (n) => ops.packages(a, out, n, x, y)
        case 'exponential':
          return (n) => ops.exponential(a, out, n)
        case 'logarithm1p':
          return (n) => ops.logarithm1p(a, out, n)
        case 'poisson':
          return (n) => ops.poisson(a, b, out, n)
        case 'binomial':
          return (n) => ops.binomial(a, b, c, out, n)
        case 'score':
        case 'linear':
          throw new Error(`${operation} is emitted elsewhere`)
      }
    })()
    this.calls.push(call)
    this.#ready(node)
  }

  #emitScore(node: Node, dimension: number): boolean {
    const { scores, uniforms } = this.#draws
    const { ops } = this.#arena.kernel
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
    this.calls.push((n) => {
      uniforms(dimension, out, n)
      ops.normals(out, out, n)
    })
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
    const { ops } = this.#arena.kernel
    const [dimension] = this.#graph.definitions[score].numbers
    const drawn = this.#allocate()
    const before = args.length === 2 ? this.#column(args[0]) : drawn
    if (args.length === 2) this.#release(args[0])
    this.#free.push(drawn)
    const out = this.#allocate()
    this.#columns.set(node, out)
    this.calls.push((n) => {
      uniforms(dimension, drawn, n)
      ops.step(drawn, before, out, n, phi, s)
    })
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
      this.calls.push((_, rows) => sink.take(columns, rows))
      for (const each of new Set(sink.nodes)) this.#release(each)
    }
  }

  #accumulate(sum: Node, node: Node): void {
    const { ops } = this.#arena.kernel
    const { args, numbers } = this.#graph.definitions[sum]
    const [constant] = numbers
    const coefficient = numbers[1 + args.indexOf(node)]
    const from = this.#column(node)
    const missing = (this.#missing.get(sum) ?? 0) - 1
    this.#missing.set(sum, missing)
    let out = this.#columns.get(sum)
    if (out === undefined) {
      const fresh = this.#allocate()
      out = fresh
      this.#columns.set(sum, fresh)
      this.calls.push((n) => ops.affine(from, fresh, n, constant, coefficient))
    } else {
      const into = out
      this.calls.push(coefficient === 1 ? (n) => ops.add(from, into, n) : (n) => ops.addScaled(from, into, n, coefficient))
    }
    this.#release(node)
    if (missing === 0) this.#ready(sum)
  }
}
