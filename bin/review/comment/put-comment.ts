import type { Conversation } from './conversation';

/** What became of a comment. */
export interface PutComment {
  readonly what: 'added' | 'replaced' | 'left as it was';
  readonly url?: string;
}

/**
 * Adds a comment, or replaces the one that an earlier review left: the first line, by which both are known, is the same.
 *
 * Comments of others are left alone, even if they quote ours.
 */
export async function putComment(conversation: Conversation, body: string): Promise<PutComment> {
  const mark = firstLine(body);
  for await (const comment of conversation.comments()) {
    if (!comment.isOurs || firstLine(comment.body) !== mark) continue;
    // Platforms change line ends, and a comment that says the same need not tell everybody that it was edited.
    if (plain(comment.body) === plain(body)) return { what: 'left as it was' };
    return { what: 'replaced', url: await conversation.replace(comment.id, body) };
  }
  return { what: 'added', url: await conversation.add(body) };
}

function firstLine(text: string): string {
  return plain(text).split('\n', 1)[0];
}

function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').trim();
}
