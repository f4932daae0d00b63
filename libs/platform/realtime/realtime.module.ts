import { Global, Module } from '@nestjs/common';
import { Announcements } from './announcements.js';
import { Sockets } from './sockets.js';

@Global()
@Module({ providers: [Announcements, Sockets], exports: [Announcements, Sockets] })
export class RealtimeModule {
  constructor(announcements: Announcements, sockets: Sockets) {
    announcements.onGap(() => sockets.resync('listener'));
  }
}
