// A disk in memory that can fail at any operation, be stopped at any, and lose what was not flushed.
import type { Disk } from '../../../src/present/files/disk.ts'

interface Inode {
  data: Uint8Array
  /** How much of it would outlast a power failure. */
  flushed: number
}
type Names = Map<string, Inode>

/** What happens at an operation, counted from 0. */
export type Fault = (operation: number, kind: Kind) => 'ok' | 'fail' | 'short' | 'stop'
export type Kind = 'make' | 'list' | 'open' | 'write' | 'flush' | 'close' | 'rename' | 'remove' | 'sync'

export class MemoryDisk implements Disk {
  readonly folder = 'out'
  readonly tag: string
  operations = 0
  stopped = false
  fault: Fault = () => 'ok'
  readonly kinds: Kind[] = []
  readonly #names: Names
  /** The names as they are on the platter, and the changes that may or may not have got there. */
  #durable: Names
  #pending: ((names: Names) => void)[] = []

  constructor(tag = '1', files: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.tag = tag
    this.#names = new Map([...files].map(([name, data]) => [name, { data, flushed: data.byteLength }]))
    this.#durable = new Map(this.#names)
  }

  alive(tag: string): boolean {
    return tag === 'alive'
  }

  /** What a process that looks now finds. */
  files(): Map<string, Uint8Array> {
    return new Map([...this.#names].map(([name, { data }]) => [name, data]))
  }

  /** What a power failure may leave: any of the changes of names that were not flushed, and of each file a part. */
  afterPowerFailure(random: () => number): Map<string, Uint8Array> {
    const names = new Map(this.#durable)
    for (const change of this.#pending) if (random() < 0.5) change(names)
    const left = ({ data, flushed }: Inode) => data.slice(0, flushed + Math.floor(random() * (data.byteLength - flushed + 1)))
    return new Map([...names].map(([name, inode]) => [name, left(inode)]))
  }

  #step(kind: Kind): boolean {
    if (this.stopped) throw new Error('stopped')
    const outcome = this.fault(this.operations++, kind)
    this.kinds.push(kind)
    if (outcome === 'fail') throw new Error('no space is left on the disk (ENOSPC)')
    if (outcome === 'stop') {
      this.stopped = true
      throw new Error('stopped')
    }
    return outcome === 'short'
  }

  #change(change: (names: Names) => void): void {
    change(this.#names)
    this.#pending.push(change)
  }

  async make() {
    this.#step('make')
  }
  async list() {
    this.#step('list')
    return [...this.#names.keys()]
  }
  async rename(from: string, to: string) {
    this.#step('rename')
    const inode = this.#names.get(from)
    if (!inode) throw new Error(`there is no ${from}`)
    this.#change((names) => {
      names.set(to, inode)
      names.delete(from)
    })
  }
  async remove(name: string) {
    this.#step('remove')
    this.#change((names) => names.delete(name))
  }
  async sync() {
    this.#step('sync')
    this.#durable = new Map(this.#names)
    this.#pending = []
  }
  async open(name: string) {
    this.#step('open')
    if (this.#names.has(name)) throw new Error(`there is a file ${name}`)
    const inode: Inode = { data: new Uint8Array(), flushed: 0 }
    this.#change((names) => names.set(name, inode))
    return {
      write: async (bytes: Uint8Array) => {
        const part = this.#step('write') ? bytes.subarray(0, Math.floor(bytes.byteLength / 2)) : bytes
        inode.data = Uint8Array.from([...inode.data, ...part])
        return part.byteLength
      },
      sync: async () => {
        this.#step('flush')
        inode.flushed = inode.data.byteLength
      },
      close: async () => {
        this.#step('close')
      },
    }
  }
}
