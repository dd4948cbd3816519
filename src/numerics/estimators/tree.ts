// Floating-point merging is not associative, so states always merge along the binary tree over block indices: node (l, j) holds blocks
// j·2^l … (j + 1)·2^l − 1. The bits are the same however the work was divided.
import type { Layout } from './layout.ts'
import { merge } from './state.ts'

/** The state of blocks index·2^level … (index + 1)·2^level − 1. */
export interface TreeNode {
  readonly level: number
  readonly index: number
  readonly state: Float64Array
}

/** Merges nodes that are added in order. Its nodes are the maximal complete ones, from left to right. */
export class Tree {
  readonly #layout: Layout
  readonly nodes: TreeNode[] = []

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** Adds the state of the next block, and copies it. */
  add(block: number, state: Float64Array): void {
    this.push({ level: 0, index: block, state: state.slice() })
  }

  push(node: TreeNode): void {
    const left = this.nodes[this.nodes.length - 1]
    if (!left || left.level !== node.level || node.index % 2 === 0 || left.index !== node.index - 1) {
      this.nodes.push(node)
      return
    }
    this.nodes.pop()
    merge(this.#layout, left.state, node.state)
    this.push({ level: node.level + 1, index: Math.floor(left.index / 2), state: left.state })
  }
}

/** The number of blocks below a node. A product of twos is exact. */
export function blocksOf(level: number): number {
  let blocks = 1
  for (let k = 0; k < level; k++) blocks *= 2
  return blocks
}

/** The first block below a node. */
export const firstBlock = ({ level, index }: TreeNode): number => index * blocksOf(level)

/** Merges siblings, in whatever order the nodes come, and returns the maximal complete nodes from left to right. */
export function compact(layout: Layout, nodes: readonly TreeNode[]): TreeNode[] {
  const tree = new Tree(layout)
  for (const node of [...nodes].sort((a, b) => firstBlock(a) - firstBlock(b))) tree.push(node)
  return tree.nodes
}

/**
 * Joins the nodes of ranges into one state, whatever the ranges and their order: siblings first, then the remaining nodes from left to
 * right. It overwrites the nodes' states.
 */
export function join(layout: Layout, nodes: readonly TreeNode[]): Float64Array {
  const [head, ...rest] = compact(layout, nodes)
  if (!head) throw new Error('there is nothing to join')
  for (const { state } of rest) merge(layout, head.state, state)
  return head.state
}
