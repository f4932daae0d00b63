import { Global, Module } from '@nestjs/common';
import { MediaStore } from './media-store.js';
import { Pictures } from './pictures.js';

@Global()
@Module({ providers: [MediaStore, Pictures], exports: [MediaStore, Pictures] })
export class MediaModule {}
