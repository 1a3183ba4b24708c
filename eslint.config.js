import neostandard, { plugins, resolveIgnoresFromGitignore } from 'neostandard'

const typescript = plugins['typescript-eslint'].plugin

// Parts of the protocol that hold the schema library, which the page's bundle must not carry.
const schemas = folder => ({ regex: `${folder}/(compile|schemas|decode)\\.ts$`, message: 'This holds TypeBox, which must stay out of the page\'s bundle.' })
const NODE = { regex: '^(node:|@sinclair/typebox|fastify|@fastify/|ws$|pino)', message: 'This code runs in the page as well.' }
const SOCKETS = { regex: '^(ws|@fastify/websocket)$', message: 'Only connections and the plugin know sockets.' }
const BROWSER = { regex: '(^|/)browser/', message: 'The server shares code with the page through lib/protocol and lib/widgets.' }

/** From the ground up; who stands on one level does not know the others of it. */
const LEVELS = [['protocol'], ['widgets'], ['session'], ['connection', 'store'], ['plugin'], ['testing']]

/** Keeps files of a folder of lib/ from importing what stands on the same level or above. */
function layer (folder, ...more) {
  const level = LEVELS.findIndex(names => names.includes(folder))
  const others = LEVELS.slice(level).flat().filter(name => name !== folder)
  return restrict([`lib/${folder}/**/*.ts`], above(folder, others), BROWSER, ...more)
}

function above (folder, names) {
  return {
    regex: `^(\\.\\./)+((lib/)?(${names.join('|')})/|index\\.ts$)`,
    message: `lib/${folder} stands below this: protocol ← widgets ← session ← connection, store ← plugin ← testing.`
  }
}

function restrict (files, ...patterns) {
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } }
}

export default [
  ...neostandard({ ts: true, ignores: [...resolveIgnoresFromGitignore(), '.tap'] }),
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': typescript },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', 600],
      // Marks promises that nobody needs to wait for.
      'no-void': ['error', { allowAsStatement: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }]
    }
  },
  { files: ['lib/**/*.ts'], rules: { 'no-console': 'error' } },
  { files: ['lib/widgets/*.ts', 'browser/widgets/*.ts'], rules: { 'max-lines': ['error', 400] } },
  { files: ['types/widgets.ts'], rules: { 'max-lines': 'off' } },

  layer('protocol', SOCKETS),
  layer('widgets', schemas('/protocol'), NODE),
  layer('session', SOCKETS),
  layer('connection'),
  layer('store', SOCKETS),
  layer('plugin'),
  // What a session shows of its connections is typed by their class.
  restrict(['lib/session/session.ts'],
    above('session', ['store', 'plugin', 'testing']), BROWSER, SOCKETS,
    { regex: '/connection/', allowTypeImports: true, message: 'A session may know the type of its connections, and nothing else of them.' }),
  restrict(['lib/protocol/{names,values,close-codes,typed-arrays,web-address}.ts'], above('protocol', LEVELS.slice(1).flat()), BROWSER, schemas('^\\.'), NODE),
  restrict(['browser/**/*.ts'],
    { regex: '(^|/)lib/(?!protocol/|widgets/)', message: 'The page may import from lib/protocol and lib/widgets alone.' }, schemas('/lib/protocol'), NODE),
  // Runs in Node.
  restrict(['browser/build.ts', 'browser/evaluated.ts'],
    { regex: '(^|/)lib/(?!protocol/|widgets/)', message: 'browser/ may import from lib/protocol and lib/widgets alone.' })
]
