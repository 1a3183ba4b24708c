/** Bundles the page: browser/page.ts and browser/styles/index.css into dist/client, with hashed names and a manifest. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import zopfli from '@gfx/zopfli'
import { build } from 'esbuild'
import { minify } from 'terser'
import type { MinifyOptions } from 'terser'
import terser from 'terser/package.json' with { type: 'json' }
import { evaluated } from './evaluated.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const outdir = join(project, 'dist/client')

/** What has no place in a page: schemas and definitions are the server's. */
const FORBIDDEN = /node_modules\/(?:@sinclair\/)?typebox|lib\/widgets\/(?:definition|words|index)\.ts/

/** What esbuild leaves: terser gives the names that occur most the shortest ones, over a whole file. */
const SQUEEZE: MinifyOptions = { module: true, compress: { ecma: 2020, passes: 2 }, mangle: true, format: { comments: false } }
/** Hashes in names are those of what esbuild wrote, so that has to name what becomes of it. */
const squeezer = createHash('sha256').update(JSON.stringify([terser.version, SQUEEZE])).digest('hex').slice(0, 8)

const { metafile, outputFiles } = await build({
  absWorkingDir: project,
  entryPoints: { page: 'browser/page.ts', index: 'browser/styles/index.css' },
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: 'asset-[hash]',
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'external',
  banner: { js: `/*! ${squeezer} */` },
  write: false,
  metafile: true,
  plugins: [evaluated],
  logLevel: 'warning'
})

const strays = Object.keys(metafile.inputs).filter(input => FORBIDDEN.test(input))
if (strays.length > 0) throw new Error(`The page's bundle must hold neither a schema library nor definitions, but has ${strays.join(', ')}`)

const outputOf = (entryPoint: string): string => {
  const [file] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === entryPoint) ?? []
  if (file === undefined) throw new Error(`Nothing was built from ${entryPoint}`)
  return basename(file)
}

/** Licences that ask to be passed on with the code that the bundle holds. */
async function notices (): Promise<string> {
  const folders = new Set(Object.keys(metafile.inputs).flatMap(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []))
  const texts = [...folders].sort().map(async folder => {
    const { name, version, license } = JSON.parse(await readFile(join(project, folder, 'package.json'), 'utf8')) as Record<string, string>
    const file = (await readdir(join(project, folder))).find(file => /^licen[cs]e(?:\.\w+)?$/i.test(file))
    if (file === undefined) throw new Error(`${name} has no licence to pass on`)
    return `${name} ${version}, ${license}\n\n${(await readFile(join(project, folder, file), 'utf8')).trim()}\n`
  })
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`)
}

const NOTICES = 'third-party-notices.txt'

const manifest = { script: outputOf('browser/page.ts'), style: outputOf('browser/styles/index.css') }

interface Output { readonly path: string, readonly contents: Uint8Array }

const text = (path: string): string => outputFiles.find(file => file.path === path)?.text ?? ''

async function squeezed (path: string): Promise<Output[]> {
  const map = `${path}.map`
  const result = await minify(text(path), { ...SQUEEZE, sourceMap: { content: text(map), filename: basename(path) } })
  return [{ path, contents: Buffer.from(result.code ?? '') }, { path: map, contents: Buffer.from(result.map as string) }]
}

const scripts = outputFiles.filter(({ path }) => path.endsWith('.js'))
const sheets = outputFiles.filter(({ path }) => /\.css(?:\.map)?$/.test(path))
const plain: Output[] = [...(await Promise.all(scripts.map(async ({ path }) => await squeezed(path)))).flat(), ...sheets]

// Compressed once and for all, as well as can be, for services that have no compression of their own.
const compressed = await Promise.all(plain.filter(({ path }) => !path.endsWith('.map')).map(async ({ path, contents }) => [
  { path: `${path}.gz`, contents: await zopfli.gzipAsync(contents, {}) },
  { path: `${path}.br`, contents: brotliCompressSync(contents) }
]))
const files: Output[] = [...plain, ...compressed.flat()]

// Names change with their content, so a server that runs meanwhile finds the old files until the manifest names the new.
await mkdir(outdir, { recursive: true })
for (const { path, contents } of files) await writeFile(path, contents)
await writeFile(join(outdir, NOTICES), await notices())
await writeFile(join(outdir, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n')

const fresh = new Set([...files.map(({ path }) => basename(path)), 'manifest.json', NOTICES])
for (const file of await readdir(outdir)) if (!fresh.has(file)) await rm(join(outdir, file), { recursive: true })

for (const { path, contents } of files.filter(({ path }) => !path.endsWith('.map'))) process.stdout.write(`${basename(path)}  ${contents.length} bytes\n`)
