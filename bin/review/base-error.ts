/** A base that cannot be compared with. It is wrong usage, and says what is right. */
export class BaseError extends Error {
  public override readonly name = 'BaseError';

  public constructor(what: string, fix: string) {
    super(`--base: ${what}; ${fix}`);
  }
}
