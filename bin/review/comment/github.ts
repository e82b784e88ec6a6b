import { readFileSync } from 'node:fs';
import { CommentError } from './comment-error';
import type { Comment, Conversation } from './conversation';
import { variables, type Environment } from './environment';
import { PlatformApi } from './platform-api';

const PAGE_SIZE = 100;
const RIGHTS =
  "give the job the permission 'pull-requests: write'; a pull request from a fork never gets it: there, read the summary of the run";

interface GitHubComment {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/**
 * The pull request that a workflow of GitHub Actions runs for, on github.com or on a server of one's own.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
export function githubConversation(environment: Environment, number?: number): Conversation {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = variables(environment, {
    GITHUB_REPOSITORY: 'owner and name of the repository, which GitHub Actions sets',
    GITHUB_TOKEN: "the job's token, in a step's env: GITHUB_TOKEN: ${{ github.token }}",
  });
  const pullRequest = number ?? pullRequestOf(environment);
  const api = new PlatformApi(
    environment.GITHUB_API_URL || 'https://api.github.com',
    { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
    RIGHTS,
  );
  const comments = `/repos/${repository}/issues/${pullRequest}/comments`;
  return {
    name: `pull request ${pullRequest} of ${repository}`,
    async *comments(): AsyncGenerator<Comment> {
      const isOurs = await ownership(api);
      for (let page = 1; ; page++) {
        const { body } = await api.must(`${comments}?per_page=${PAGE_SIZE}&page=${page}`);
        const found = body as GitHubComment[];
        yield* found.map(comment => ({ id: comment.id, body: comment.body ?? '', isOurs: isOurs(comment) }));
        if (found.length < PAGE_SIZE) return;
      }
    },
    async add(body) {
      return urlOf(await api.must(comments, { method: 'POST', body: { body } }));
    },
    async replace(id, body) {
      return urlOf(await api.must(`/repos/${repository}/issues/comments/${id}`, { method: 'PATCH', body: { body } }));
    },
  };
}

/** The token of a workflow or an app is nobody's, so nobody is told whose it is; what it writes is a bot's. */
async function ownership(api: PlatformApi): Promise<(comment: GitHubComment) => boolean> {
  const { status, body } = await api.ask('/user');
  if (status !== 200) return ({ user }) => user?.type === 'Bot';
  const { login } = body as { readonly login: string };
  return ({ user }) => user?.login === login;
}

function urlOf({ body }: { readonly body: unknown }): string {
  return (body as GitHubComment).html_url;
}

function pullRequestOf({ GITHUB_EVENT_PATH: path }: Environment): number {
  const event = path ? (JSON.parse(readFileSync(path, 'utf8')) as { readonly pull_request?: { readonly number: number } }) : {};
  if (event.pull_request === undefined) {
    throw new CommentError('what started this workflow was no pull request', 'name one with --number', true);
  }
  return event.pull_request.number;
}
