import { CommentError } from './comment-error';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that a platform sets in its jobs. All that are missing are named together. */
export function variables<Name extends string>(environment: Environment, names: Readonly<Record<Name, string>>): Record<Name, string> {
  const missing = (Object.entries(names) as [Name, string][]).filter(([name]) => !environment[name]);
  if (missing.length > 0) {
    throw new CommentError(
      `there is no ${missing.map(([name]) => name).join(', no ')} in the environment`,
      missing.map(([name, what]) => `${name}: ${what}`).join('; '),
      true,
    );
  }
  return Object.fromEntries(Object.keys(names).map(name => [name, environment[name]])) as Record<Name, string>;
}
