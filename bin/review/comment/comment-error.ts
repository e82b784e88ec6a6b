/** A comment that could not be written, with what can be done. */
export class CommentError extends Error {
  public constructor(
    problem: string,
    fix: string,
    /** Whether the caller asked for something that cannot be. */
    public readonly isWrongUsage = false,
  ) {
    super(`${problem}; ${fix}`);
    this.name = 'CommentError';
  }
}
