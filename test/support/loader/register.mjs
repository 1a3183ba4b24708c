// Imported before anything else in every test's process. The loader that tap brings compiles all of the project anew with
// the TypeScript compiler in each of them, which was most of the suite's time; esbuild takes the types out in a moment.
import { register } from 'node:module'

// Keeps tap's own loader from being started.
process.env.TAP_TYPE_STRIP_ONLY = '1'
register('./hooks.mjs', import.meta.url)
