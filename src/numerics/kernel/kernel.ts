// The kernel is WebAssembly with SIMD. It is embedded as text and instantiated synchronously, so that it loads the same way in Node, Deno,
// workers, bundles and notebooks. One instance owns one memory.
import { binary } from '#generated/kernel'
import type { KernelExports } from './exports.ts'

export interface Kernel {
  readonly ops: KernelExports
  readonly memory: WebAssembly.Memory
  /** The first byte that is free for columns. */
  readonly heapBase: number
}

const PAGE = 65_536

let module: WebAssembly.Module | undefined
/** The memory below the heap after `prepareDraws`. Making its tables takes as long as a small run, so further kernels copy them. */
let tables: Uint8Array | undefined

/** Makes a kernel with its own memory of at least `bytes` bytes beyond its tables. */
export function createKernel(bytes = 1 << 20): Kernel {
  module ??= new WebAssembly.Module(decode(binary))
  const memory = new WebAssembly.Memory({ initial: 16 + Math.ceil(bytes / PAGE), maximum: 65_536 })
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } })
  const ops = instance.exports as unknown as KernelExports
  ops.prepare()
  const heapBase = (ops.heapBase() + 63) & ~63
  return { ops, memory, heapBase }
}

/** Fills the tables that random numbers are drawn with. */
export function prepareDraws({ ops, memory, heapBase }: Kernel): void {
  const below = new Uint8Array(memory.buffer, 0, heapBase)
  if (tables) return below.set(tables)
  ops.prepareDraws()
  tables = below.slice()
}

function abort(): never {
  throw new Error('the kernel stopped. This is a bug in billcast. Please report it with the plan that caused it.')
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i)
  return bytes
}
