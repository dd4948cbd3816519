export interface GoldenScenario {
  readonly name: string
  readonly scenario: object
  readonly options: object
}

/** golden.json. Each figure has one hash a scenario, parted by blanks; a dash where a scenario has no such figure. */
export interface Golden {
  readonly scenarios: readonly string[]
  readonly figures: Readonly<Record<string, string>>
}

export function figuresOf(summary: { readonly offers: object }): Record<string, string>

export function goldenOf(
  named: readonly { readonly name: string; readonly figures: Readonly<Record<string, string>> }[],
): Promise<Golden>

export function goldenFigures(
  simulate: (scenario: never, options: object) => Promise<{ readonly summary: { readonly offers: object } }>,
  scenarios: readonly GoldenScenario[],
  options?: object,
): Promise<Golden>

export function goldenFaults(golden: Golden, found: Golden, renames?: Readonly<Record<string, string>>): readonly string[]

export function unusedRenames(golden: Golden, renames: Readonly<Record<string, string>>): readonly string[]
