import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test.each(['typescript/app.ts', 'python/app.py', 'java/src/main/java/com/example/app/CamundaApp.java'])(
  'the guide shows the app that is proven: %s',
  file => {
    expect(read('docs/packages.md')).toContain(read(join('test/consumers/apps', file)).trimEnd());
  },
);
