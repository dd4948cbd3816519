// The kernel's exports as TypeScript sees them. Pointers are byte offsets into the kernel's memory; every column holds
// Float64 and its length is even.

export interface KernelExports {
  heapBase(): number
  exp(x: number): number
  expm1(x: number): number
  log(x: number): number
  log1p(x: number): number
  pow(x: number, y: number): number
  sin(x: number): number
}
