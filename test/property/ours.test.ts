import t from 'tap'
import { convergence } from './convergence.ts'

convergence(t, 'ours')
