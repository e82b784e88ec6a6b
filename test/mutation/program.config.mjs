import { mutationOf } from './common.mjs';

/** What runs as a process of its own, or against real servers only, in `npm test` and `npm run e2e`: no mutant of these is seen from within. */
const ELSEWHERE = [
  'kubernetes/fence',
  'kubernetes/kubeconfig',
  'kubernetes/kubernetes-deployment',
  'kubernetes/kubernetes-facts',
  'kubernetes/kubernetes-region',
  'kubernetes/port-forward',
  'url-deployment',
];

export default mutationOf('program', 'bin/recover', {
  mutate: ['bin/recover/**/*.ts', ...ELSEWHERE.map(name => `!bin/recover/${name}.ts`)],
});
