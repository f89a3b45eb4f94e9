/**
 * `chat-sign-in`: the visitor wants to sign in again. A page that does it itself calls `preventDefault()`; otherwise the
 * page is loaded again, which brings a fresh proof where a site's server writes one into it.
 */
export class ChatSignInEvent extends CustomEvent<null> {
  constructor() {
    super('chat-sign-in', { detail: null, bubbles: true, composed: true, cancelable: true });
  }
}
