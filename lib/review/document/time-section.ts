import { deploymentSeconds, stackTime, type StackTime } from '../deployment-time';
import type { Rendered } from '../rendered';
import { DURATIONS_AS_OF, RESOURCE_DURATIONS } from '../resource-durations';
import type { ReviewSection } from './review-document';

/** A step of a path that takes less is not worth a line. */
const SHOWN_SECONDS = 15;

/**
 * How long a first deployment takes, on paper.
 *
 * @internal
 */
export function timeSection({ stacks }: Rendered): ReviewSection {
  const times = stacks.map(stackTime);
  const [one, two] = [1, 2].map(concurrency => minutes(deploymentSeconds(stacks, concurrency)));
  return {
    id: 'time',
    title: 'Time of a first deployment',
    summary: `About ${two} with 'cdk deploy --all --concurrency 2', ${one} without, until the last stack is done; Camunda is ready some minutes later.`,
    tone: 'plain',
    tables: [
      {
        columns: ['stack', 'time', 'what it waits for, one after the other'],
        rows: times.map(time => [time.stackName, minutes(time.seconds), pathText(time)]),
        notes: [
          `Typical durations as of ${DURATIONS_AS_OF}, not promises of AWS: ${Object.entries(RESOURCE_DURATIONS)
            .filter(([type, { source }]) => source !== 'estimate' && stacks.some(({ template }) => has(template.Resources, type)))
            .map(([type, { seconds, source }]) => `${type} ${minutes(seconds)} (${source})`)
            .join(', ')}. All else is estimated.`,
          'A stack takes as long as its longest chain of resources. Later deployments change less, and nodes take longer: each is drained.',
        ],
      },
    ],
  };
}

function has(resources: Rendered['stacks'][number]['template']['Resources'], type: string): boolean {
  return Object.values(resources ?? {}).some(({ Type }) => Type === type);
}

function pathText({ path }: StackTime): string {
  const shown = path.filter(({ seconds }) => seconds >= SHOWN_SECONDS);
  return shown.map(({ type, logicalId, seconds }) => `${shortName(type, logicalId)} ${minutes(seconds)}`).join(', ');
}

/** Of what is made by functions, the id tells more than the type. */
function shortName(type: string, logicalId: string): string {
  return type.startsWith('Custom::') ? logicalId.replace(/[0-9A-F]{8}$/, '') : type.replace('AWS::', '').replace('::', ' ');
}

function minutes(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
