// Imported in every test's process. The loader that tap brings compiles all of the project anew with the TypeScript compiler
// in each of them, which was most of the suite's time (.taprc keeps it from being started); esbuild takes the types out in a
// moment.
import { register } from 'node:module'

register('./hooks.mjs', import.meta.url)
