import { Global, Module } from '@nestjs/common';
import { MediaStore } from './media-store.js';

@Global()
@Module({ providers: [MediaStore], exports: [MediaStore] })
export class MediaModule {}
