import type { ErrorBody, SessionAnswer, VerificationAnswer } from '../../../src/api/protocol.ts';
import type { Answer, TestServer } from './server.ts';

/** Asks for a code, as the widget does for whoever has typed an e-mail. */
export const ask = (on: TestServer, token: string, email: unknown): Promise<Answer<VerificationAnswer & ErrorBody>> =>
  on.widget('/verification', { method: 'POST', body: { email }, token });

/** Says the code that was mailed. */
export const confirm = (on: TestServer, token: string, code: unknown): Promise<Answer<SessionAnswer & ErrorBody>> =>
  on.widget('/verification/confirm', { method: 'POST', body: { code }, token });

/** Of a refusal: why. */
export const codeOf = ({ body }: Answer<ErrorBody>): string => body.error.code;
