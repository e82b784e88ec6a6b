import { matching } from './rows/checks';
import { PODS_ROLL } from './rows/later';
import type { Rows } from './rows/row';

/** Where container images come from. */
export interface ImageSettings {
  /**
   * Registry, with an optional path, that serves all images instead of the publishers' registries. For example
   * `registry.example.com/mirror`. One that is in an AWS region is lost with it: give each region its own, in `regions[].imageRegistry`.
   *
   * @default - the publishers' registries
   */
  readonly registry?: string;

  /**
   * Tag of the Camunda image, within the chosen minor version. In 8.7 it holds for brokers, gateways, Operate and Tasklist,
   * which must be of the same patch.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly camundaTag?: string;

  /**
   * Tag of the Connectors image, within the chosen minor version.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly connectorsTag?: string;

  /**
   * Version of Elasticsearch, and tag of its image. All three numbers, of a version that the chosen Camunda supports.
   *
   * @default - the patch that this version of the library was made for
   */
  readonly elasticsearchTag?: string;
}

/** @internal */
export const REGISTRY = matching(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9._-]+)*$/, {
  rule: 'image-registry',
  requirement: 'must be a host, with an optional port and path, without scheme or slash at the end',
  fix: "write it like '123456789012.dkr.ecr.eu-west-2.amazonaws.com/mirror'",
});

/** @internal */
export const IMAGES = {
  registry: {
    kind: 'string',
    checks: [REGISTRY],
  },
  camundaTag: { kind: 'string' },
  connectorsTag: { kind: 'string', later: PODS_ROLL, needs: 'connectors.enabled' },
  elasticsearchTag: { kind: 'string', later: PODS_ROLL },
} as const satisfies Rows<ImageSettings>;
