/** The two people of every flow, and what they do. */
import { ADMIN, INBOX } from '../../scripts/chat-server-process.mjs';
import type { Page, Profile, Thing } from './page.ts';

/** A page with the chat on it. Attributes such as `email="…"` go to the tag. */
export function pageWithChat(attributes = '', source = '/chat-widget.js'): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta name="color-scheme" content="light dark">
  <title>A shop</title>
  <script type="module" src="${source}"></script>
  <h1>A shop</h1>
  <chat-widget inbox="${INBOX}" ${attributes}></chat-widget>
</html>`;
}

/** Who came to the page with a question. */
export class Visitor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async at(profile: Profile, url: string): Promise<Visitor> {
    return new Visitor(await profile.open(url));
  }

  get launcher(): Thing {
    return this.page.button(/chat/i);
  }

  get panel(): Thing {
    return this.page.dialog(/chat/i);
  }

  get messages(): Thing {
    return this.panel.find('log');
  }

  async openChat(): Promise<void> {
    await this.launcher.click();
    await this.panel.isThere();
  }

  /** From the list of conversations, when there is one, to the conversation with these words. */
  async openConversation(words: RegExp): Promise<void> {
    await this.openChat();
    await this.panel.button(words).click();
    await this.messages.isThere();
  }

  async write(text: string): Promise<void> {
    await this.panel.textbox('Message').type(text);
    await this.page.press('Enter');
  }
}

/** Who answers. */
export class AgentAtConsole {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for the list of conversations to have one, unless told that there is none. */
  static async signIn(profile: Profile, serverUrl: string, { conversations = true } = {}): Promise<AgentAtConsole> {
    const agent = new AgentAtConsole(await profile.open(`${serverUrl}/console`));
    await agent.page.textbox('E-mail').type(ADMIN.email);
    await agent.page.textbox('Password').type(ADMIN.password);
    await agent.page.button('Sign in').click();
    if (conversations) await agent.conversation().isThere();
    return agent;
  }

  /** A conversation in the list, by its contact's name or its last words. */
  conversation(words: RegExp = /./): Thing {
    return this.page.find('navigation', /conversations/i).find('link', words);
  }

  get messages(): Thing {
    return this.page.find('log');
  }

  async open(words: RegExp): Promise<void> {
    await this.conversation(words).click();
    await this.messages.isThere();
  }

  async reply(text: string): Promise<void> {
    await this.page.textbox('Reply').type(text);
    await this.page.press('Enter');
  }
}
