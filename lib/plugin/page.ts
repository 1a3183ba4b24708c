import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { ClientMissingError } from '../errors.ts'
import { styleSheetsOf } from './options.ts'
import type { PgwidgetsOptions } from './options.ts'

/** The built files of the page. */
export interface ClientFiles { readonly root: string, readonly script: string, readonly style: string }

/** Finds the built files. @throws PGW_ERR_CLIENT_MISSING */
export function clientFiles (): ClientFiles {
  try {
    const path = createRequire(import.meta.url).resolve('#client/manifest.json')
    const { script, style } = JSON.parse(readFileSync(path, 'utf8')) as { script: string, style: string }
    return { root: dirname(path), script, style }
  } catch (error) {
    throw new ClientMissingError((error as Error).message)
  }
}

/** Everything that the page may load, and nothing else: no inline script, no other origin. */
const POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"]
}

/** Headers of the page. */
export function pageHeaders (options: PgwidgetsOptions): Record<string, string> {
  const policy: Record<string, readonly string[]> = { ...POLICY }
  for (const [directive, sources] of Object.entries(options.contentSecurityPolicy ?? {})) {
    // Beside other sources, 'none' means nothing: whoever gives it wants the directive closed.
    policy[directive] = sources.includes("'none'") ? ["'none'"] : [...(policy[directive] ?? []).filter(source => source !== "'none'"), ...sources]
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': Object.entries(policy).map(([directive, sources]) => `${directive} ${sources.join(' ')}`).join('; '),
    // The address may hold a link's credentials.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache'
  }
}

/** The page. `assets` is the path from the page to the client files, relative so that any proxy prefix works. */
export function pageHtml (options: PgwidgetsOptions, files: ClientFiles, assets: string): string {
  const theme = options.theme === undefined ? '' : ` data-theme="${options.theme}"`
  const lang = options.lang ?? 'en'
  const dir = options.dir ?? directionOf(lang)
  const sheets = styleSheetsOf(options).map(url => `\n<link rel="stylesheet" href="${escape(url)}">`).join('')
  return `<!doctype html>
<html lang="${escape(lang)}"${dir === 'ltr' ? '' : ` dir="${dir}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(options.title ?? 'Remote widgets')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}${files.style}">${sheets}
<script type="module" src="${assets}${files.script}"></script>
</head>
<body${theme}>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`
}

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT: ReadonlySet<string | undefined> = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'])

/** The direction in which a language is written. */
function directionOf (lang: string): 'ltr' | 'rtl' {
  try {
    return RIGHT_TO_LEFT.has(new Intl.Locale(lang).maximize().script) ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** The path that leads from one absolute path of a site to another. */
export function relativePath (from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 2)
  return (up === '' ? './' : up) + to.replace(/^\//, '')
}

function escape (text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
