/** Freezes plain data and everything in it, so that no caller changes a figure of a result. */
export function deepFrozen<T>(data: T): T {
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data) || Object.isFrozen(data)) return data
  for (const value of Object.values(data)) deepFrozen(value)
  return Object.freeze(data)
}
