/** Where a conversation stands in the console: the page's hash, which no server and no log ever sees. */
export function conversationAddress(conversationId: string): string {
  return `#/conversations/${conversationId}`;
}

/** The id in such a hash; an empty string in any other. */
export function conversationIn(hash: string): string {
  return /^#\/conversations\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(hash)?.[1]?.toLowerCase() ?? '';
}
