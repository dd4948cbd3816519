// The one shape of merging. Floating-point merging is not associative, so states merge along the binary tree over block indices:
// node (l, j) holds blocks j·2^l … (j + 1)·2^l − 1, left with right. The same bits however the work was cut.
import type { Layout } from './layout.ts'
import { merge } from './state.ts'

/** The state of blocks index·2^level … (index + 1)·2^level − 1. */
export interface TreeNode {
  readonly level: number
  readonly index: number
  readonly state: Float64Array
}

/** The maximal complete nodes of a range of blocks that is given in order. */
export class Tree {
  readonly #layout: Layout
  readonly #nodes: TreeNode[] = []

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** Takes the state of the next block; the array is not kept. */
  add(block: number, state: Float64Array): void {
    this.#push({ level: 0, index: block, state: state.slice() })
  }

  #push(node: TreeNode): void {
    const left = this.#nodes[this.#nodes.length - 1]
    if (!left || left.level !== node.level || node.index % 2 === 0 || left.index !== node.index - 1) {
      this.#nodes.push(node)
      return
    }
    this.#nodes.pop()
    merge(this.#layout, left.state, node.state)
    this.#push({ level: node.level + 1, index: left.index >> 1, state: left.state })
  }

  nodes(): readonly TreeNode[] {
    return this.#nodes
  }
}

/** Blocks below a node; exact, since a product of twos is. */
export function blocksOf(level: number): number {
  let blocks = 1
  for (let k = 0; k < level; k++) blocks *= 2
  return blocks
}

/** The first block below a node. */
export const firstBlock = ({ level, index }: TreeNode): number => index * blocksOf(level)

/** Merges siblings, whatever the order of the nodes: what is left are the maximal complete nodes, from left to right. */
export function compact(layout: Layout, nodes: readonly TreeNode[]): TreeNode[] {
  const stack: TreeNode[] = []
  for (const node of [...nodes].sort((a, b) => firstBlock(a) - firstBlock(b))) {
    let next = node
    for (;;) {
      const left = stack[stack.length - 1]
      if (!left || left.level !== next.level || next.index % 2 === 0 || left.index !== next.index - 1) break
      stack.pop()
      merge(layout, left.state, next.state)
      next = { level: next.level + 1, index: Math.floor(left.index / 2), state: left.state }
    }
    stack.push(next)
  }
  return stack
}

/**
 * Joins the nodes of ranges into one state, whatever the ranges and their order: siblings first, then what is left from left to right.
 * The nodes' states are used up.
 */
export function join(layout: Layout, nodes: readonly TreeNode[]): Float64Array {
  const [head, ...rest] = compact(layout, nodes)
  if (!head) throw new Error('there is nothing to join')
  for (const { state } of rest) merge(layout, head.state, state)
  return head.state
}
