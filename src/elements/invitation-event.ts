/** What is shown of a trigger. */
export interface Invitation {
  readonly kind: 'invitation' | 'bot';
  /** Missing: the page has made it. */
  readonly id?: string;
  readonly message: string;
}

/** `chat-invitation`: a trigger is shown to this visitor for the first time. */
export class ChatInvitationEvent extends CustomEvent<Invitation> {
  constructor(detail: Invitation) {
    super('chat-invitation', { detail, bubbles: true, composed: true });
  }
}
