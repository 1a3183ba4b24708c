import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'

/** Modules that are run when the page is built: their exports, which JSON can hold, take their place in the bundle. */
const EVALUATED = /[\\/]client[\\/]outline-data\.ts$/
/** A sheet that script adopts into shadow roots: its text is what is imported. */
const TEXT = /[\\/]html-content\.css$/

export const evaluated: Plugin = {
  name: 'evaluated',
  setup (build) {
    build.onLoad({ filter: EVALUATED }, async ({ path }) => {
      const exports = Object.entries(await import(pathToFileURL(path).href) as Record<string, unknown>)
      if (exports.length === 0) throw new Error(`${basename(path)} exports nothing`)
      return { loader: 'js', contents: exports.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n') }
    })
    build.onLoad({ filter: TEXT }, async ({ path }) => {
      const { code } = await build.esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })
      return { loader: 'text', contents: code.trim() }
    })
  }
}
