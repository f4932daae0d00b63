export { byteRange } from './byte-range.js';
export { contentTypeOf, type ContentType } from './content-type.js';
export { readFilm, type FilmFacts } from './films.js';
export { MediaModule } from './media.module.js';
export { MediaStore, TooLarge, type Variant } from './media-store.js';
export { OutsideFile, OutsideRefused } from './outside-file.js';
export { Pictures, UnfitPicture, type PictureFacts } from './pictures.js';
export { sendFile, type SentFile } from './send-file.js';
