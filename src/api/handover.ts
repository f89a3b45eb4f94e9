/** A session for a window that has a storage of its own, by a code that is good once. */
import type { HandoverAnswer, HandoverRequest } from './protocol.ts';
import type { SessionHolder } from './session.ts';

/** A code for this visitor's session, which is made if there is none. Rejects with ChatError. */
export function handOver(client: SessionHolder): Promise<string> {
  return client.withSession(async ({ current }, { http, path }) => {
    const request = { method: 'POST', token: current!.token } as const;
    return (await http.request<HandoverAnswer>(`${path}/session/handover`, request)).code;
  });
}

/** Makes a session of a code. Rejects with ChatError: `unauthorized` for one that is over, `forbidden` for that of another site. */
export async function takeOver(client: SessionHolder, handover: HandoverRequest): Promise<void> {
  await client.withSession((held) => held.ask('/sessions/handover', handover, {}), false);
}
