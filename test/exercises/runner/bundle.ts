/** Bundles the page of the exercises, straight from the sources, and serves it. */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { evaluated } from '../../../browser/evaluated.ts'
import { CSP } from '../../chromium/support.ts'
import type { Behaviour } from '../../chromium/support.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url))

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Exercises</title><link rel="stylesheet" href="/exercises/index.css"><script type="module" src="/exercises/entry.js"></script></head>
<body></body>
</html>`

/** A server's behaviour that serves the page. */
export async function exercisePage (): Promise<Behaviour> {
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['test/exercises/runner/entry.ts', 'browser/styles/index.css'],
    entryNames: '[name]',
    outdir: '/exercises',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    keepNames: true,
    plugins: [evaluated],
    write: false,
    logLevel: 'warning'
  })
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  return {
    page (request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const contents = pathname.startsWith('/exercises/') ? files.get(basename(pathname)) : undefined
      const type = contents === undefined ? 'text/html' : pathname.endsWith('.css') ? 'text/css' : 'text/javascript'
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': CSP }).end(contents ?? PAGE)
      return true
    }
  }
}
