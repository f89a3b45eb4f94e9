/** `fetch` and WebSocket headers with a cookie, as a browser on the server's own pages has them. */
export class CookieJar {
  readonly #origin: string;
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  get headers(): Record<string, string> {
    return { cookie: this.#cookie, origin: this.#origin };
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const response = await fetch(input, { ...init, headers: { ...init?.headers, ...this.headers } });
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0]!;
    return response;
  };
}
