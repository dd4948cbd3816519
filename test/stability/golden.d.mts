export interface GoldenScenario {
  readonly name: string
  readonly scenario: object
  readonly options: object
}

export function goldenHashes(
  simulate: (scenario: never, options: object) => Promise<{ readonly summary: unknown }>,
  scenarios: readonly GoldenScenario[],
  options?: object,
): Promise<Record<string, string>>
