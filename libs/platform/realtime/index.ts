export { Announcements, type AnnouncementHandler, type Origin } from './announcements.js';
export { RealtimeModule } from './realtime.module.js';
export { realtimeSchema } from './realtime.schema.js';
export { SocketsAdapter } from './sockets.adapter.js';
export { NAMESPACE, Sockets } from './sockets.js';
export type { Authenticate, Handshake } from './sockets.js';
export type { ConsoleNamespace, ConsoleSocket, SocketPerson } from './console-socket.js';
