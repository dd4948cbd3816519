import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Arena } from '../../../src/numerics/kernel/arena.ts'
import * as math from '../../../src/numerics/kernel/math.ts'

const vectors = JSON.parse(readFileSync(new URL('../../reference/vectors.json', import.meta.url), 'utf8'))
const view = new DataView(new ArrayBuffer(8))
const double = (hex: string) => (view.setBigUint64(0, BigInt(`0x${hex}`)), view.getFloat64(0))
/** Distance in units in the last place, by the order of the bits. */
const ulps = (a: number, b: number) => {
  if (Object.is(a, b) || a === b) return 0
  const order = (x: number) => {
    view.setFloat64(0, x)
    const bits = view.getBigInt64(0)
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits
  }
  const gap = order(a) - order(b)
  return Number(gap < 0n ? -gap : gap)
}
const tables = Object.entries(vectors).flatMap(([key, value]) =>
  key === 'functions' || key === 'exact' ? Object.entries(value as object) : [[key, value]],
)

describe('the kernel’s transcendental functions', () => {
  const functions = { exp: math.exp, log: math.log, expm1: math.expm1, log1p: math.log1p, logistic: math.logistic }
  const find = (node: unknown, name: string): { x: string; result: string }[] => {
    if (typeof node !== 'object' || node === null) return []
    if (Object.hasOwn(node, name)) return (node as Record<string, { x: string; result: string }[]>)[name] ?? []
    return Object.values(node).flatMap((child) => (Array.isArray(child) ? [] : find(child, name)))
  }
  for (const [name, f] of Object.entries(functions)) {
    it(`compute ${name} within 2 ulp of the correctly rounded values, and exact at the edges`, () => {
      const rows = find(vectors, name)
      expect(rows.length).toBeGreaterThan(5)
      for (const { x, result } of rows) {
        const [value, exact] = [f(double(x)), double(result)]
        if (Number.isNaN(exact)) expect(value).toBeNaN()
        else expect(ulps(value, exact), `${name}(${double(x)})`).toBeLessThanOrEqual(2)
      }
    })
  }
  it('have a normal quantile within 5e-14 relative', () => {
    expect(tables.length).toBeGreaterThan(0)
    for (const { p, z } of vectors.normalQuantile as { p: string; z: string }[]) {
      const plain = Number(p)
      const [probability, rest] = Number.isNaN(plain)
        ? p.startsWith('1-')
          ? [1 - 2 ** -53, 2 ** -53]
          : [p.startsWith('2^-54') ? 2 ** -54 : 2 ** -33, 1]
        : [plain, 1 - plain]
      expect(Math.abs(math.standardNormalQuantile(probability, rest) - Number(z))).toBeLessThanOrEqual(
        5e-14 * Math.abs(Number(z)) + 1e-16,
      )
    }
  })
})

describe('block operations', () => {
  it('compute exp of a column within 2 ulp on the whole range', () => {
    const arena = new Arena()
    const edges = [0, -0, 1, -1, 708, 709.78, 709.79, 1000, -708.4, -745, -746, Infinity, -Infinity, NaN, 1e-300, 5e-324]
    const spread = Array.from({ length: 1024 - edges.length }, (_, i) => -740 + 1.4472 * i)
    const [from, out] = [arena.column(), arena.column()]
    arena.view(from).set([...edges, ...spread])
    arena.kernel.ops.exponential(from, out, 1024)
    const [x, y] = [arena.view(from), arena.view(out)]
    for (let i = 0; i < 1024; i++) {
      const exact = math.exp(x[i])
      if (Number.isNaN(exact)) expect(y[i]).toBeNaN()
      else expect(ulps(y[i], exact), `exp(${x[i]})`).toBeLessThanOrEqual(2)
    }
  })
  it('tabulate a normal quantile that agrees with AS 241 within 3e-14', () => {
    const arena = new Arena()
    const [u, z] = [arena.column(), arena.column()]
    const values = Array.from({ length: 1024 }, (_, i) =>
      i < 500 ? (i + 0.5) / 500 : i < 760 ? 2 ** (-(i - 499) / 5) : 1 - 2 ** (-(i - 759) / 5),
    )
    arena.view(u).set(values.map((x) => Math.min(Math.max(x, 2 ** -53), 1 - 2 ** -53)))
    arena.kernel.ops.normals(u, z, 1024)
    const [p, got] = [arena.view(u), arena.view(z)]
    for (let i = 0; i < 1024; i++)
      expect(Math.abs(got[i] - math.standardNormalQuantile(p[i], 1 - p[i])), `p = ${p[i]}`).toBeLessThan(
        3e-14 * Math.max(1, Math.abs(got[i])),
      )
  })
  it('give the moments that two passes over the column give', () => {
    const arena = new Arena()
    const [a, out] = [arena.column(), arena.column(8)]
    const x = Array.from({ length: 777 }, (_, i) => 1e9 + 100 * Math.sin(i * i))
    arena.view(a).set(x)
    arena.kernel.ops.moments(a, 777, out)
    const mean = x.reduce((s, v) => s + v, 0) / 777
    const central = (k: number) => x.reduce((s, v) => s + (v - mean) ** k, 0)
    const [m, m2, m3, m4, low, high] = arena.view(out, 6)
    expect(m).toBeCloseTo(mean, 5)
    expect(m2 / central(2)).toBeCloseTo(1, 9)
    expect(Math.abs(m3 - central(3)) / central(2) ** 1.5).toBeLessThan(1e-6)
    expect(m4 / central(4)).toBeCloseTo(1, 8)
    expect([low, high]).toEqual([Math.min(...x), Math.max(...x)])
  })
})
