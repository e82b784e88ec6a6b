/** A comment as its platform has it. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Whether the owner of the token wrote it. A token may well be able to change what others wrote. */
  readonly isOurs: boolean;
}

/** The comments of one pull request or merge request. */
export interface Conversation {
  /** As people call it, for example `pull request 7 of example/orders`. */
  readonly name: string;
  /** Oldest first. */
  comments(): AsyncIterable<Comment>;
  /** @returns address of the comment */
  add(body: string): Promise<string>;
  /** @returns address of the comment */
  replace(id: number, body: string): Promise<string>;
}
