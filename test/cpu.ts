// Limits of time are limits of CPU time: how busy the machine is changes no result of a test.

/** Seconds of CPU that this process has used, threads included. Files of one worker run one after the other. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
