// A disk in memory that can fail at any operation, be stopped at any, and lose what was not flushed.
import type { Disk } from '../../../src/present/files/disk.ts'

interface Inode {
  data: Uint8Array
  /** How much of it would outlast a power failure. */
  flushed: number
}
type Names = Map<string, Inode>

/** What happens at an operation, counted from 0. */
export type Fault = (operation: number, kind: Kind, path: string) => 'ok' | 'fail' | 'short' | 'stop'
export type Kind = 'make' | 'list' | 'read' | 'open' | 'write' | 'flush' | 'close' | 'rename' | 'remove' | 'sync'

interface Change {
  /** The folders that hold the names; a move has two. A journal keeps either when one of them is flushed. */
  readonly folders: readonly string[]
  readonly apply: (names: Names) => void
}

/** What all folders of one disk share. */
interface Platter {
  operations: number
  stopped: boolean
  fault: Fault
  readonly kinds: Kind[]
  readonly names: Names
  /** The names as they are on the platter, and the changes that may or may not have got there. */
  durable: Names
  pending: Change[]
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

export class MemoryDisk implements Disk {
  readonly folder: string
  readonly tag: string
  readonly #platter: Platter
  /** Such as `.next/`. */
  readonly #prefix: string

  constructor(tag = '1', files: ReadonlyMap<string, Uint8Array> = new Map(), platter?: Platter, prefix = '') {
    this.tag = tag
    this.folder = `out${prefix === '' ? '' : `/${prefix.slice(0, -1)}`}`
    const names = new Map([...files].map(([name, data]): [string, Inode] => [name, { data, flushed: data.byteLength }]))
    this.#platter = platter ?? {
      ...{ operations: 0, stopped: false, fault: () => 'ok', kinds: [], names },
      ...{ durable: new Map(names), pending: [] },
    }
    this.#prefix = prefix
  }

  get operations(): number {
    return this.#platter.operations
  }

  get kinds(): readonly Kind[] {
    return this.#platter.kinds
  }

  set fault(fault: Fault) {
    this.#platter.fault = fault
  }

  inside(name: string): MemoryDisk {
    return new MemoryDisk(this.tag, undefined, this.#platter, `${this.#prefix}${name}/`)
  }

  /** What a process that looks now finds. */
  files(): Map<string, Uint8Array> {
    return new Map([...this.#platter.names].map(([name, { data }]) => [name, data]))
  }

  /** What a power failure may leave: any of the changes of names that were not flushed, and of each file a part. */
  afterPowerFailure(random: () => number): Map<string, Uint8Array> {
    const names = new Map(this.#platter.durable)
    for (const { apply } of this.#platter.pending) if (random() < 0.5) apply(names)
    const left = ({ data, flushed }: Inode) => data.slice(0, flushed + Math.floor(random() * (data.byteLength - flushed + 1)))
    return new Map([...names].map(([name, inode]) => [name, left(inode)]))
  }

  #step(kind: Kind, name = ''): boolean {
    const platter = this.#platter
    if (platter.stopped) throw new Error('stopped')
    const outcome = platter.fault(platter.operations++, kind, this.#prefix + name)
    platter.kinds.push(kind)
    if (outcome === 'fail') throw new Error('no space is left on the disk (ENOSPC)')
    if (outcome === 'stop') {
      platter.stopped = true
      throw new Error('stopped')
    }
    return outcome === 'short'
  }

  #change(apply: (names: Names) => void, ...paths: string[]): void {
    apply(this.#platter.names)
    this.#platter.pending.push({ folders: paths.map(folderOf), apply })
  }

  #within(): string[] {
    return [...this.#platter.names.keys()].filter((path) => path.startsWith(this.#prefix))
  }

  async make() {
    this.#step('make')
  }
  async list() {
    this.#step('list')
    return [...new Set(this.#within().map((path) => path.slice(this.#prefix.length).replace(/\/.*/, '')))]
  }
  async read(name: string) {
    this.#step('read')
    const inode = this.#platter.names.get(this.#prefix + name)
    if (!inode) throw new Error(`there is no ${name}`)
    return inode.data
  }
  async *parts(name: string) {
    yield await this.read(name)
  }
  async rename(from: string, to: string) {
    this.#step('rename', from)
    const [source, target] = [this.#prefix + from, this.#prefix + to]
    const { names } = this.#platter
    const moved = [...names].filter(([path]) => path === source || path.startsWith(`${source}/`))
    if (moved.length === 0) throw new Error(`there is no ${from}`)
    // A file replaces a file. A folder replaces none that has files in it.
    if ([...names.keys()].some((path) => path.startsWith(`${target}/`))) throw new Error(`${to} is not empty (ENOTEMPTY)`)
    this.#change(
      (all) => {
        for (const [path, inode] of moved) {
          all.delete(path)
          all.set(target + path.slice(source.length), inode)
        }
      },
      source,
      target,
    )
  }
  async remove(name: string) {
    this.#step('remove', name)
    const path = this.#prefix + name
    this.#change((names) => names.delete(path), path)
  }
  async drop() {
    for (const path of [...this.#within(), this.#prefix.slice(0, -1)]) {
      this.#step('remove')
      this.#change((names) => names.delete(path), path, this.#prefix.slice(0, -1))
    }
  }
  async sync() {
    this.#step('sync')
    const platter = this.#platter
    const kept: Change[] = []
    for (const change of platter.pending) {
      if (change.folders.includes(this.#prefix)) change.apply(platter.durable)
      else kept.push(change)
    }
    platter.pending = kept
  }
  async open(name: string) {
    this.#step('open')
    const path = this.#prefix + name
    if (this.#platter.names.has(path)) throw new Error(`there is a file ${name}`)
    const inode: Inode = { data: new Uint8Array(), flushed: 0 }
    this.#change((names) => names.set(path, inode), path)
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
