import type { SearchNode } from '../search';

/** Indices as Camunda has them: some by name, some by date, and a template for those to come. */
const INDICES = ['operate-list-view-8.3.0_', 'operate-variable-8.3.0_', 'zeebe-record_job_8.9.0_2026-11-24'] as const;
const TEMPLATE = 'operate-list-view-8.3.0_template';
const ALIAS = 'operate-list-view-8.3.0_alias';
const BATCH = 200;

interface Found {
  readonly hits: { readonly hits: readonly { readonly _id: string }[] };
}

/** Makes the schema in an Elasticsearch, as the user that Operate is, where it finds none. */
export async function makeSchema(node: SearchNode): Promise<void> {
  const settings = { number_of_shards: 1, number_of_replicas: 0 };
  await node.use('camunda', 'PUT', `/_index_template/${TEMPLATE}`, {
    index_patterns: ['operate-list-view-8.3.0_*'],
    template: { settings, aliases: { [ALIAS]: {} } },
  });
  for (const index of INDICES) {
    const { status } = await node.ask('camunda', 'HEAD', `/${index}`);
    if (status === 404) await node.use('camunda', 'PUT', `/${index}`, { settings });
  }
}

/** Writes records, each under its own number: the same record twice is one document. */
export async function writeRecords(node: SearchNode, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, to - first) }, (_, i) => first + i);
    const lines = numbers.flatMap(n => [{ index: { _index: INDICES[n % INDICES.length], _id: `record-${n}` } }, { position: n }]);
    const answer = await node.use<{ errors: boolean }>(
      'camunda',
      'POST',
      '/_bulk',
      `${lines.map(line => JSON.stringify(line)).join('\n')}\n`,
    );
    if (answer.errors) throw new Error(`records ${first} and following were not written: ${JSON.stringify(answer)}`);
  }
}

/** Numbers of all records that an Elasticsearch has, in order. */
export async function recordsIn(node: SearchNode): Promise<number[]> {
  await node.use('camunda', 'POST', `/${INDICES.join(',')}/_refresh`);
  const { hits } = await node.use<Found>('camunda', 'GET', `/${INDICES.join(',')}/_search?size=10000&_source=false`);
  return hits.hits.map(({ _id: id }) => Number(id.replace('record-', ''))).sort((a, b) => a - b);
}

/** Whether it has what only the snapshot's global state brings. */
export async function hasTemplate(node: SearchNode): Promise<boolean> {
  return (await node.ask('camunda', 'GET', `/_index_template/${TEMPLATE}`)).status === 200;
}

/** The schema of the recreated region, made too early. */
export const SCHEMA_INDICES: readonly string[] = INDICES;
