import type { HttpResponse } from '../calls/http';
import { errorText, errorType, idOf, isJson, parsed } from '../calls/readings';
import type { Attempt } from '../record/progress';
import type { Action } from './step';

/** Answers that say that the request was looked at and not carried out. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 415, 501];
/** Errors that say the same, although Elasticsearch gives them the status 500. */
const REFUSING_ERRORS = ['snapshot_restore_exception', 'repository_exception'];

/**
 * What an answer means for the action. Whatever is neither a success nor a plain refusal leaves the outcome open: the change
 * may have been accepted by the coordinator although a server on the way gave up.
 *
 * @internal
 */
export function outcomeOf(action: Action, response: HttpResponse): Partial<Attempt> {
  const own = action.read?.(response);
  if (own) return { status: response.status, ...own };
  const { status } = response;
  if (status >= 200 && status < 300) return { outcome: 'accepted', status, ...changeIdOf(response) };
  const refused = REFUSALS.includes(status) || REFUSING_ERRORS.includes(errorType(response));
  return { outcome: refused ? 'refused' : 'unknown', status, detail: errorText(response) };
}

/** @internal */
export function outcomeOfError(error: Error): Partial<Attempt> {
  return { outcome: error.name === 'NoAnswerError' ? 'unknown' : 'undelivered', detail: error.message };
}

function changeIdOf({ text }: HttpResponse): Partial<Attempt> {
  const value = parsed(text);
  const changeId = isJson(value) ? idOf(value.changeId) : NaN;
  return Number.isNaN(changeId) ? {} : { changeId };
}

/** Beginnings of the server's messages, and what they mean for a recovery. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /having no replicas/,
    'it would remove the half that holds the data: compare the topology document with the cluster before anything else',
  ],
  [/is not in the current cluster/, 'a broker that is to stay is not a member: compare the topology document with GET /actuator/cluster'],
  [/Cannot force/, 'force can only remove brokers'],
  [/configuration is not initialized/, 'a broker is still starting: wait, and resume'],
  [
    /does not have the exporter/,
    'no broker knows that exporter: compare the exporter ids of the configuration with GET /actuator/exporters',
  ],
  [/is disabled/, 'the exporter to initialise from is disabled: that of the surviving region must be enabled'],
  [/expected \d+|is not known/, 'a broker or a leader is missing: wait until all brokers of the surviving region are up, and resume'],
  [/open index with same name/, 'the indices are there already: the schema was made before the restore'],
  [/security_exception|Unauthorized|HTTP 40[13]/, 'the credentials are not accepted, or lack the right: nothing was done'],
];

/** @internal */
export function meaningOf(detail: string): string | undefined {
  return MEANINGS.find(([pattern]) => pattern.test(detail))?.[1];
}
