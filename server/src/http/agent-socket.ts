import { addressPrefix } from '../address-prefix.ts';
import type { Parts } from '../parts.ts';
import { AgentDoor } from '../socket/agent-door.ts';
import type { Sockets } from '../socket/sockets.ts';
import { AGENT_COOKIE, checkOrigin } from './access.ts';
import { addressOf } from './address.ts';
import type { App } from './app.ts';
import { socketRoute } from './socket-route.ts';

/** `/v1/agent/socket`: where the console listens and speaks. See PROTOCOL.md. */
export function agentSocketRoute(app: App, parts: Parts, sockets: Sockets): void {
  socketRoute(app, {
    url: '/v1/agent/socket',
    admit: (request) => {
      // Browsers send the cookie along whichever site opens the socket.
      checkOrigin(request, parts.config);
      sockets.admit(addressPrefix(addressOf(request)));
    },
    open: (socket, request) => {
      const door = new AgentDoor(parts, request.cookies[AGENT_COOKIE]);
      sockets.add(socket, request.raw.socket, door, addressPrefix(addressOf(request)));
    },
  });
}
