import { addressPrefix } from '../address-prefix.ts';
import type { Parts } from '../parts.ts';
import type { Sockets } from '../socket/sockets.ts';
import { VisitorDoor } from '../socket/visitor-door.ts';
import { addressOf, knockOf } from './address.ts';
import type { App } from './app.ts';
import { socketRoute } from './socket-route.ts';

/** `…/socket`: where a widget listens and speaks. See PROTOCOL.md. */
export function visitorSocketRoute(app: App, parts: Parts, sockets: Sockets): void {
  socketRoute(app, {
    url: '/socket',
    admit: (request) => sockets.admit(addressPrefix(addressOf(request))),
    open: (socket, request) => {
      const { inbox } = request.params as { readonly inbox: string };
      const knock = knockOf(request);
      const door = new VisitorDoor(parts, inbox, knock, sockets.budgets);
      sockets.add(socket, request.raw.socket, door, addressPrefix(knock.address));
    },
  });
}
