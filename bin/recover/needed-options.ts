import type { CommandOptions } from './commands';
import { UsageError } from './exit-code';

export type CommandName =
  | 'status'
  | 'plan'
  | 'failover'
  | 'failback'
  | 'switch'
  | 'scale'
  | 'resume'
  | 'verify'
  | 'fence'
  | 'cancel-change'
  | 'temporary-broker'
  | 'traffic';

/** Refuses at once where options are missing, with all of them: nobody should meet one after the other. */
export function demandOptions(command: CommandName, options: CommandOptions): void {
  if (command === 'plan' && [options.lost, options.recreated, options.to].filter(given => given !== undefined).length > 1)
    throw new UsageError('name one of --lost, --recreated and --to');
  if (command === 'fence' && options.topology !== undefined)
    throw new UsageError('fencing needs the Kubernetes API of the region: name contexts with --context, and leave --topology out');
  if (command === 'temporary-broker' && options.topology !== undefined)
    throw new UsageError(
      'a temporary broker is made from those that the Kubernetes API shows: name contexts with --context, and leave --topology out',
    );
  const missing = [
    ...ofCommand(command, options),
    ...(options.topology === undefined || command === 'plan' || command === 'traffic' ? [] : ofAddresses(command, options)),
  ];
  if (missing.length > 0) throw new UsageError(`these options are needed too: ${missing.join(', ')}`);
}

function ofCommand(command: CommandName, { lost, recreated, region, to }: CommandOptions): string[] {
  switch (command) {
    case 'failover':
    case 'cancel-change':
    case 'temporary-broker':
      return lost === undefined ? ['--lost <region>'] : [];
    case 'failback':
      return recreated === undefined ? ['--recreated <region>'] : [];
    case 'switch':
      return to === undefined ? ['--to <region>'] : [];
    case 'fence':
      return region === undefined ? ['--region <region>'] : [];
    case 'plan':
      return lost === undefined && recreated === undefined && to === undefined
        ? ['one of --lost <region>, --recreated <region> and --to <region>']
        : [];
    default:
      return [];
  }
}

/** Without a kubeconfig, nothing leads to the servers but what is named. */
function ofAddresses(command: CommandName, { managementUrl, restUrl, state, elasticsearchUrl, lost }: CommandOptions): string[] {
  const needed: [string, string | undefined][] = [
    ['--management-url <url>', managementUrl],
    ['--rest-url <url>', restUrl],
    ['--state <file>', state],
    ...(command === 'failback' || (command === 'verify' && lost === undefined)
      ? [['--elasticsearch-url <list>', elasticsearchUrl] as [string, string | undefined]]
      : []),
  ];
  return needed.filter(([, value]) => value === undefined).map(([name]) => name);
}
