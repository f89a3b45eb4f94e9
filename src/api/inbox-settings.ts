import type { ChatClientOptions } from './chat-client-options.ts';
import type { ChatError } from './chat-error.ts';
import { applyFields, type ChatState } from './chat-state.ts';
import { spread } from './clock.ts';
import type { ConnectionStatus } from './connection.ts';
import type { LiveParts } from './live-client.ts';
import type { ErrorCode, ServerFrame, WidgetSettingsAnswer } from './protocol.ts';

/** Settings that could not be had are asked for again after about so long, ms. */
const REFRESH_MS = 10_000;
/** How old is what somebody sees who looks on, at most, ms. */
const LOOK_MS = 30_000;

/** What they ask of their client, and tell it. */
export interface InboxSettingsHost
  extends Pick<LiveParts, 'state' | 'http' | 'path' | 'clock'>, Pick<ChatClientOptions, 'settingsFor'> {
  /** No socket is wanted: what goes wrong is seen by requests alone. */
  readonly isIdle: () => boolean;
  /** Says how it stands with the way to the server. */
  readonly show: (connection: ConnectionStatus, why?: ErrorCode) => void;
  /** They could not be had. */
  readonly onMiss: (error: ChatError) => void;
  /** There are none for this page, for good. */
  readonly onRefused: (reason: ChatError) => void;
}

/** What the inbox says of itself, and whether somebody is there: asked for, and told by a socket. */
export class InboxSettings {
  readonly #host: InboxSettingsHost;
  /** As the inbox has them. */
  #told: ChatState['settings'] = null;
  #cancelRefresh = () => {};

  constructor(host: InboxSettingsHost) {
    this.#host = host;
  }

  /** Asks for them. Never rejects. */
  async load(): Promise<void> {
    const { state, http, path, show, isIdle } = this.#host;
    this.end();
    try {
      const answer = await http.request<WidgetSettingsAnswer>(`${path}/settings`);
      const { online, ...settings } = answer;
      const isSame = JSON.stringify(settings) === JSON.stringify(this.#told);
      if (isIdle()) show('idle');
      // A socket knows better, and while there should be one nobody does.
      const isCurrent = ['idle', 'connecting'].includes(state.value.connection);
      this.#settle(isSame ? this.#told : settings, isCurrent ? { online } : {});
    } catch (error) {
      this.#onMiss(error as ChatError);
    }
  }

  /** Asks again, where no socket would tell. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#host.isIdle()) await this.load();
  }

  /** Somebody looks on: asks again from time to time, as `refresh` does, while the page is seen. Returns how to stop. */
  watch(): () => void {
    const { clock } = this.#host;
    let stop: () => void;
    const wait = () => {
      stop = clock.after(LOOK_MS, () => {
        if (!globalThis.document?.hidden) void this.refresh();
        wait();
      });
    };
    wait();
    return () => stop();
  }

  /** The page says something else of looks: see `ChatClientOptions.settingsFor`. */
  resettle(): void {
    this.#settle(this.#told);
  }

  /** Takes what a socket tells of them. False: that was about something else. */
  receive(frame: ServerFrame): boolean {
    const told = this.#told;
    if (frame.type === 'settings') {
      const { hours } = frame;
      const { team, country, language } = told ?? {};
      this.#settle({ ...frame.settings, team, country, language, hours });
    } else if (frame.type === 'online') {
      const { online, hours } = frame;
      this.#settle(told && hours ? { ...told, hours } : told, { online });
    } else if (frame.type === 'team') {
      this.#settle(told && { ...told, team: frame.team });
    } else return false;
    return true;
  }

  /** Asks no more by itself. */
  end(): void {
    this.#cancelRefresh();
  }

  #settle(told: ChatState['settings'], fields: Partial<ChatState> = {}): void {
    const { state, settingsFor } = this.#host;
    this.#told = told;
    state.update(applyFields, { ...fields, settings: told && settingsFor ? settingsFor(told) : told });
  }

  /** Said once, and asked for again where nothing else would notice that the server is back. */
  #onMiss(error: ChatError): void {
    const { state, clock, isIdle, show, onMiss, onRefused } = this.#host;
    const { code, temporary } = error;
    const isTold = isIdle() && state.value.connection === 'waiting';
    if (!isTold || !temporary) onMiss(error);
    if (code === 'not_found' || code === 'forbidden') {
      onRefused(error);
    } else if (temporary && isIdle()) {
      show('waiting', code as ErrorCode);
      this.#cancelRefresh = clock.after(spread(REFRESH_MS), () => void this.refresh());
    }
  }
}
