/** Compiles programs that stand in the documentation, as a project that uses the package would. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

const root = new URL('../../', import.meta.url)
export interface Fault { readonly program: number, /** From 1. */ readonly line: number, readonly message: string }

/**
 * Compiles modules together. They stand in a folder of their own inside the package, so that an import of the package by its
 * name finds it.
 *
 * @param name - Of the folder.
 * @returns What the compiler says of them, by the index of the program.
 */
export function compile (t: Test, name: string, programs: readonly string[], compilerOptions: object = {}): Fault[] {
  const folder = new URL(`test/.snippets/${name}/`, root)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  programs.forEach((code, i) => writeFileSync(new URL(`${i}.ts`, folder), code))
  const options = { declaration: false, declarationMap: false, noEmit: true, rootDir: '../../..', ...compilerOptions }
  writeFileSync(new URL('tsconfig.json', folder), JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions: options, include: ['*.ts'] }))
  // What tap has its own processes import would keep the compiler from starting.
  const { status, stdout } = spawnSync('env', ['-u', 'NODE_OPTIONS', 'npm', 'run', '--silent', 'tsc', '--', '--pretty', 'false', '-p', fileURLToPath(folder)], { cwd: root, encoding: 'utf8' })
  const faults = [...stdout.matchAll(/(\d+)\.ts\((\d+),\d+\): (.+)$/gm)].map(([, program, line, message = '']) => ({ program: Number(program), line: Number(line), message }))
  if (status !== 0 && faults.length === 0) throw new Error(`the compiler fails: ${stdout}`)
  return faults
}
