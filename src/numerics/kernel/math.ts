// Transcendental functions for everything outside the block. The platform's own differ between Node versions and runtimes, so use these
// instead of Math.exp, Math.log, Math.pow and **.
import { createKernel } from './kernel.ts'

let ops: ReturnType<typeof createKernel>['ops'] | undefined
const kernel = () => {
  ops ??= createKernel(0).ops
  return ops
}

export const exp = (x: number): number => kernel().exp(x)
export const expm1 = (x: number): number => kernel().expm1(x)
export const log = (x: number): number => kernel().log(x)
export const log1p = (x: number): number => kernel().log1p(x)
export const pow = (x: number, y: number): number => kernel().pow(x, y)
export const sin = (x: number): number => kernel().sin(x)
export const logistic = (x: number): number => kernel().logistic(x)
/** The log-odds of a share: the inverse of `logistic`. */
export const logit = (share: number): number => log(share) - log1p(-share)
/** The standard normal quantile at p. Pass q = 1 − p too if you know it better, so that neither tail loses digits. */
export const standardNormalQuantile = (p: number, q: number = 1 - p): number => kernel().normalQuantile(p, q)
