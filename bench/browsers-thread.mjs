// A worker thread does not inherit the loader that lets the main thread run TypeScript.
import { tsImport } from 'tsx/esm/api'

await tsImport('./browsers.ts', import.meta.url)
