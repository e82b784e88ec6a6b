import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from '../cdk.json';
import flags from '../config/feature-flags.json';
import { exports as exported, files } from '../package.json';

const ROOT = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test.each(['typescript/app.ts', 'python/app.py', 'java/src/main/java/com/example/app/CamundaApp.java'])(
  'the guide shows the app that is proven: %s',
  file => {
    expect(read('docs/packages.md')).toContain(read(join('test/consumers/apps', file)).trimEnd());
  },
);

test.each(['config/schema.json', 'config/feature-flags.json'])('the package holds %s, under its name', file => {
  expect(files).toContain(file);
  expect(exported).toMatchObject({ [`./${file}`]: `./${file}` });
});

test('the feature flags of the package are those that the templates are tested with', () => {
  expect(flags).toEqual(context);
});
