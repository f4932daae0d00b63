export { MediaModule } from './media.module.js';
export { MediaStore, TooLarge } from './media-store.js';
