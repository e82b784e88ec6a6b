import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/documents';
import { at, objectsOf } from '../support/manifests';
import { tableRowsIn } from '../support/markdown';
import { workloadsOf } from '../support/workloads';

type Data = { readonly secretKey: string; readonly remoteRef: { readonly key: string } }[];
type Reference = { readonly name: string; readonly key: string } | undefined;

test('names for each secret in AWS what it becomes in a cluster, and every workload that reads it at its start', () => {
  const objects = objectsOf(0);
  const readers = (secret: string, key: string): string[] =>
    workloadsOf(objects)
      .filter(({ template }) =>
        [...(template.spec.initContainers ?? []), ...template.spec.containers].some(({ env = [] }) =>
          env.some(({ valueFrom }) => {
            const reference = (valueFrom as { readonly secretKeyRef?: Reference } | undefined)?.secretKeyRef;
            return reference?.name === secret && reference.key === key;
          }),
        ),
      )
      .map(({ name }) => name)
      .sort();
  const expected = objects
    .filter(({ kind }) => kind === 'ExternalSecret')
    .flatMap(object =>
      at<Data>(object, 'spec', 'data').map(({ secretKey, remoteRef }) => [
        `\`${remoteRef.key}\``,
        `\`${object.metadata.name}\`, \`${secretKey}\``,
        readers(object.metadata.name, secretKey)
          .map(name => `\`${name}\``)
          .join(', '),
      ]),
    )
    // The authority has a page of its own.
    .filter(([key]) => key !== '`camunda/certificate-authority`');
  const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  const rotation = page.slice(page.indexOf('### Rotation'));
  expect(tableRowsIn(rotation, 'secret in AWS')).toEqual(expected);
});
