import { gather } from './gather';

gather(['recovery'], ['command-line.test.ts', 'kubeconfig.test.ts']);
