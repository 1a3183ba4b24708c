import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

// The sources hold nothing but types that could be erased, and every import names its file.
const options = { loader: 'ts', format: 'esm', target: 'node20', sourcemap: 'inline', sourcesContent: false, tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } }

const cache = new URL('../../../node_modules/.cache/fastify-pgwidgets/', import.meta.url)

export async function load (url, context, nextLoad) {
  if (!url.startsWith('file:') || !/\.m?ts$/.test(url)) return await nextLoad(url, context)
  const sourcefile = fileURLToPath(url)
  const text = await readFile(sourcefile)
  // Each of a hundred test processes needs the same modules: what one has compiled is kept for the others.
  const kept = new URL(`${createHash('sha256').update(sourcefile).update(text).update(JSON.stringify(options)).digest('hex')}.mjs`, cache)
  const source = await readFile(kept, 'utf8').catch(() => compile(text.toString(), sourcefile, kept))
  return { format: 'module', source, shortCircuit: true }
}

async function compile (text, sourcefile, kept) {
  const { transform } = await import('esbuild')
  const { code } = await transform(text, { ...options, sourcefile })
  await mkdir(cache, { recursive: true })
  // Written under another name first: another process may read it at any moment.
  const draft = new URL(`${kept.href}.${process.pid}`)
  await writeFile(draft, code)
  await rename(draft, kept)
  return code
}
