import type { ExporterSettings } from '../settings/exporters';
import type { ImageReference } from '../versions/camunda-version';

/** Where brokers find jars that are not in their image: a volume of the pod, as in the official chart. */
export const EXPORTERS_FOLDER = '/exporters';

/**
 * Where the jar of an exporter is in the pod of a broker.
 *
 * @internal
 */
export function jarPath({ exporterId }: ExporterSettings): string {
  return `${EXPORTERS_FOLDER}/${exporterId}.jar`;
}

/**
 * The parts of an image's name, so that another registry can take the place of the first one.
 *
 * @internal
 */
export function imageReference(image: string): ImageReference {
  const [, registry, repository, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  return { registry, repository, tag };
}
