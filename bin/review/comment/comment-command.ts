import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { helpOnMisuse, refuseWords } from '../../wrong-usage';
import { EXIT } from '../exit-code';
import { CommentError } from './comment-error';
import type { Conversation } from './conversation';
import type { Environment } from './environment';
import { githubConversation } from './github';
import { gitlabConversation } from './gitlab';
import { putComment } from './put-comment';

interface Options {
  readonly on: keyof typeof PLATFORMS;
  readonly file: string;
  readonly number?: number;
  readonly dryRun?: boolean;
}

const PLATFORMS = { github: githubConversation, gitlab: gitlabConversation } as const satisfies Readonly<
  Record<string, (environment: Environment, number?: number) => Conversation>
>;

/** `review comment`: shows a review where the change is discussed. */
export function commentCommand(): Command {
  return helpOnMisuse(new Command('comment'))
    .description('Puts review.md under the pull request or merge request that this job runs for, in place of the one of an earlier run.')
    .addOption(new Option('--on <platform>', 'where it is discussed').choices(Object.keys(PLATFORMS)).makeOptionMandatory())
    .option('--file <file>', 'the review', 'out/review/review.md')
    .option('--number <number>', 'pull request or merge request, if the job does not run for one', wholeNumber)
    .option('--dry-run', 'say what would be done, and write nothing')
    .allowExcessArguments()
    .action((options: Options, command: Command) => {
      refuseWords(command, 'name the review with --file');
      return comment(options);
    })
    .addHelpText(
      'after',
      `
The token is in the environment: GITHUB_TOKEN, with the permission 'pull-requests: write', or GITLAB_TOKEN, of scope 'api'.
Exit code ${EXIT.fine}: it is there. ${EXIT.mistake}: the platform refused or failed. ${EXIT.usage}: wrong usage.`,
    );
}

async function comment({ on, file, number, dryRun }: Options): Promise<void> {
  try {
    const body = textOf(file);
    const conversation = PLATFORMS[on](process.env, number);
    const { what, url } = await putComment(dryRun ? readOnly(conversation) : conversation, body);
    process.stderr.write(`${conversation.name}: comment ${dryRun ? 'would be ' : ''}${what}${url ? `, ${url}` : ''}\n`);
  } catch (error) {
    if (!(error instanceof CommentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.isWrongUsage ? EXIT.usage : EXIT.mistake;
  }
}

function readOnly(conversation: Conversation): Conversation {
  const nothing = (): Promise<string> => Promise.resolve('');
  return { name: conversation.name, comments: () => conversation.comments(), add: nothing, replace: nothing };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommentError(`cannot read the review: ${(error as Error).message}`, "write it first with 'review --out'", true);
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
