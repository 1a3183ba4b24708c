/** Rounds of each side in turn, so that a machine's changing mood meets both alike. */
const ROUNDS = 5

/** Runs `ours` and `bare` in turn, each after a warm-up, and returns the median seconds of both. */
export async function sideBySide (ours: () => Promise<number>, bare: () => Promise<number>): Promise<{ ours: number, bare: number }> {
  const times = { ours: [] as number[], bare: [] as number[] }
  await ours()
  await bare()
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await ours())
    times.bare.push(await bare())
  }
  return { ours: median(times.ours), bare: median(times.bare) }
}

function median (values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

/** Prints a ratio. */
export function ratio (name: string, value: number, note: string): void {
  process.stdout.write(`ratio ${name} ${value.toFixed(2)}   ${note}\n`)
}

/** Milliseconds, for people. */
export function ms (seconds: number): string { return `${(seconds * 1000).toFixed(1)} ms` }
