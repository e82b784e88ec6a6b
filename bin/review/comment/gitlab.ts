import type { Comment, Conversation } from './conversation';
import { variables, type Environment } from './environment';
import { PlatformApi } from './platform-api';

const PAGE_SIZE = 100;
const RIGHTS =
  "GITLAB_TOKEN must be a project access token with scope 'api' and role Reporter or higher, and its variable must reach this job: a protected one reaches protected branches alone";

interface GitLabNote {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}

/**
 * The merge request that a pipeline of GitLab runs for, on gitlab.com or on a server of one's own.
 *
 * @see https://docs.gitlab.com/api/notes/#merge-requests
 */
export function gitlabConversation(environment: Environment, number?: number): Conversation {
  const given: Environment = { ...environment, ...(number === undefined ? {} : { CI_MERGE_REQUEST_IID: String(number) }) };
  const found = variables(given, {
    CI_API_V4_URL: "address of GitLab's API, which GitLab CI sets",
    CI_PROJECT_ID: 'id of the project, which GitLab CI sets',
    CI_MERGE_REQUEST_IID: 'set in pipelines of merge requests only; elsewhere name one with --number',
    GITLAB_TOKEN: "a project access token with scope 'api', as a masked variable: CI_JOB_TOKEN may not write comments",
  });
  const api = new PlatformApi(found.CI_API_V4_URL, { 'private-token': found.GITLAB_TOKEN }, RIGHTS);
  const mergeRequest = `/projects/${encodeURIComponent(found.CI_PROJECT_ID)}/merge_requests/${found.CI_MERGE_REQUEST_IID}`;
  const urlOf = ({ body }: { readonly body: unknown }): string => {
    const page = environment.CI_MERGE_REQUEST_PROJECT_URL ?? environment.CI_PROJECT_URL ?? '';
    return `${page}/-/merge_requests/${found.CI_MERGE_REQUEST_IID}#note_${(body as GitLabNote).id}`;
  };
  return {
    name: `merge request ${found.CI_MERGE_REQUEST_IID} of project ${found.CI_PROJECT_ID}`,
    async *comments(): AsyncGenerator<Comment> {
      const { id: own } = (await api.must('/user')).body as { readonly id: number };
      for (let page: string | null = '1'; page;) {
        const { body, headers } = await api.must(`${mergeRequest}/notes?sort=asc&order_by=created_at&per_page=${PAGE_SIZE}&page=${page}`);
        yield* (body as GitLabNote[]).map(note => ({ id: note.id, body: note.body, isOurs: note.author.id === own }));
        page = headers.get('x-next-page');
      }
    },
    async add(body) {
      return urlOf(await api.must(`${mergeRequest}/notes`, { method: 'POST', body: { body } }));
    },
    async replace(id, body) {
      return urlOf(await api.must(`${mergeRequest}/notes/${id}`, { method: 'PUT', body: { body } }));
    },
  };
}
